// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/linked_list.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_linked_list_node
{
    public aws_linked_list_node* next;
    public aws_linked_list_node* prev;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_linked_list
{
    public aws_linked_list_node head;
    public aws_linked_list_node tail;
}

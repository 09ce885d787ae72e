// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/file.h>.
global using unsafe aws_on_directory_entry =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_directory_entry*, void*, bool>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_file_type : uint
{
    AWS_FILE_TYPE_FILE = 1,
    AWS_FILE_TYPE_SYM_LINK = 2,
    AWS_FILE_TYPE_DIRECTORY = 4,
}

public struct aws_directory_iterator;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_directory_entry
{
    public aws_byte_cursor path;
    public aws_byte_cursor relative_path;
    public int file_type;
    public long file_size;
}

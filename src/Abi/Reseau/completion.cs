// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/completion.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

/// <summary>The values of enum reseau_completion_event.</summary>
public static class reseau_completion_event
{
    public const int RESEAU_RECEIVE = 8;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_completion_send
{
    public void* data;
    public ulong length;
    public int descriptor;
    public int error;
    public ulong sent;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_completion
{
    public ulong token;
    public int events;
    public int error;
    public ulong length;
    public ulong offset;
}

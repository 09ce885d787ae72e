// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Logging;

/// <summary>The logger that is off: it drops everything.</summary>
internal static unsafe class NullLogger
{
    // Both in one block, which is published whole.
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal aws_logger Logger;
        internal aws_logger_vtable Vtable;
    }

    private static nint s_state;

    internal static aws_logger* Instance
    {
        get
        {
            nint state = Volatile.Read(ref s_state);
            return (aws_logger*)(state != 0 ? state : Create());
        }
    }

    private static nint Create()
    {
        State* state = (State*)StaticMemory.Allocate((nuint)sizeof(State));
        state->Vtable = new aws_logger_vtable { log = &Write, get_log_level = &GetLevel, clean_up = &CleanUp };
        state->Logger.vtable = &state->Vtable;
        return (nint)StaticMemory.PublishBlock(ref s_state, state);
    }

    // Variadic in C. A function that does not look at the further arguments is called alike on every platform we have.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(aws_logger* logger, aws_log_level level, uint subject, byte* format, void* arguments) =>
        AWS_OP_SUCCESS;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static aws_log_level GetLevel(aws_logger* logger, uint subject) => AWS_LL_NONE;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CleanUp(aws_logger* logger)
    {
    }
}

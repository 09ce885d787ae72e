// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Logging;

/// <summary>The logger that is off: it drops everything.</summary>
internal static unsafe class NullLogger
{
    internal static readonly aws_logger* Instance = Create();

    private static aws_logger* Create()
    {
        aws_logger_vtable* vtable = StaticMemory.Allocate<aws_logger_vtable>();
        vtable->log = &Write;
        vtable->get_log_level = &GetLevel;
        vtable->clean_up = &CleanUp;

        aws_logger* logger = StaticMemory.Allocate<aws_logger>();
        logger->vtable = vtable;
        return logger;
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

// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Logging;

/// <summary>
/// A logger that allocates nothing for a line: it makes each one on the stack and writes it on the calling thread. It
/// suits programs that log while they trace allocations. The variadic part is in the shim.
/// </summary>
internal static unsafe class NoallocLogger
{
    /// <summary>The shim reads and changes the level at its beginning.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal aws_atomic_var Level;
        internal void* File;
        internal bool OwnsFile;
        internal ForkLock Lock;
    }

    /// <summary>
    /// Makes a logger to the caller's FILE, or else to a new file of that name, or else to standard error.
    /// </summary>
    internal static int Init(aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options)
    {
        if (logger == null || allocator == null || options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        bool ownsFile = options->file == null && options->filename != null;
        void* file = options->file;
        if (ownsFile)
            file = Files.Fopen(options->filename, Literal.Of("w"u8));
        else if (file == null)
            file = Platform.Stdio.Error;

        if (file == null)
            return AWS_OP_ERR;

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Level.value = (void*)(nuint)options->level;
        state->File = file;
        state->OwnsFile = ownsFile;
        ForkLock.Init(&state->Lock);
        *logger = new aws_logger
        {
            vtable = VariadicLogging.NoallocVtable(),
            allocator = allocator,
            p_impl = state,
        };
        return AWS_OP_SUCCESS;
    }

    /// <summary>Writes one whole line; lines of several threads do not mix.</summary>
    internal static int Write(aws_logger* logger, byte* line, nuint length)
    {
        State* state = (State*)logger->p_impl;
        ForkLock.Enter(&state->Lock);
        int outcome = Files.Write(state->File, line, length);
        ForkLock.Exit(&state->Lock);
        return outcome;
    }

    /// <summary>Closes the file if it is the logger's own, and zeroes the logger.</summary>
    internal static void CleanUp(aws_logger* logger)
    {
        if (logger == null || logger->p_impl == null)
            return;

        State* state = (State*)logger->p_impl;
        if (state->OwnsFile)
            Platform.Stdio.Close(state->File);

        ForkLock.CleanUp(&state->Lock);
        Allocator.Release(logger->allocator, state);
        *logger = default;
    }
}

// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Logging;

/// <summary>Puts finished lines into a FILE. Whoever writes takes care that only one thread does.</summary>
internal static unsafe class LogWriter
{
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal void* File;
        internal bool OwnsFile;
    }

    private static nint s_vtable;

    /// <summary>A writer to standard output.</summary>
    internal static int InitStdout(aws_log_writer* writer, aws_allocator* allocator) =>
        Init(writer, allocator, null, Platform.Stdio.Output);

    /// <summary>A writer to standard error.</summary>
    internal static int InitStderr(aws_log_writer* writer, aws_allocator* allocator) =>
        Init(writer, allocator, null, Platform.Stdio.Error);

    /// <summary>
    /// A writer that appends to a file by name, or writes to the caller's FILE; exactly one of them is given.
    /// </summary>
    internal static int InitFile(
        aws_log_writer* writer, aws_allocator* allocator, aws_log_writer_file_options* options) =>
        options == null
            ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
            : Init(writer, allocator, options->filename, options->file);

    /// <summary>Ends any writer, through its vtable.</summary>
    internal static void CleanUp(aws_log_writer* writer)
    {
        if (writer == null || writer->vtable == null || writer->vtable->clean_up == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            writer->vtable->clean_up(writer);
    }

    private static int Init(aws_log_writer* writer, aws_allocator* allocator, byte* name, void* file)
    {
        if (writer == null || allocator == null || (name == null) == (file == null))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        void* opened = name == null ? file : Files.Fopen(name, Literal.Of("a+"u8));
        if (opened == null)
            return AWS_OP_ERR;

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->File = opened;
        state->OwnsFile = name != null;
        *writer = new aws_log_writer { vtable = Vtable(), allocator = allocator, impl = state };
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(aws_log_writer* writer, aws_string* line) =>
        Files.Write(((State*)writer->impl)->File, line->bytes, line->len);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(aws_log_writer* writer)
    {
        State* state = (State*)writer->impl;
        if (state->OwnsFile)
            Platform.Stdio.Close(state->File);

        Allocator.Release(writer->allocator, state);
    }

    private static aws_log_writer_vtable* Vtable() =>
        StaticMemory.Get(ref s_vtable, &Entries);

    private static aws_log_writer_vtable Entries() => new()
    {
        write = &Write,
        clean_up = &Free,
    };
}

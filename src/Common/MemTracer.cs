// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class MemTracer
{
    /// <summary>aws_mem_tracer_new</summary>
    internal static aws_allocator* New(aws_allocator* allocator, aws_allocator* deprecated, aws_mem_trace_level level, nuint frames_per_stack) => throw new System.NotImplementedException();

    /// <summary>aws_mem_tracer_destroy</summary>
    internal static aws_allocator* Destroy(aws_allocator* trace_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_mem_tracer_dump</summary>
    internal static void Dump(aws_allocator* trace_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_mem_tracer_bytes</summary>
    internal static nuint Bytes(aws_allocator* trace_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_mem_tracer_count</summary>
    internal static nuint Count(aws_allocator* trace_allocator) => throw new System.NotImplementedException();
}

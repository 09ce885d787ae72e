// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Bootstrap;

/// <summary></summary>
internal static unsafe class IoLibrary
{
    /// <summary>aws_io_library_init</summary>
    internal static void LibraryInit(aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_io_library_clean_up</summary>
    internal static void LibraryCleanUp() => throw new System.NotImplementedException();

    /// <summary>aws_io_fatal_assert_library_initialized</summary>
    internal static void FatalAssertLibraryInitialized() => throw new System.NotImplementedException();

    /// <summary>aws_io_error_code_is_retryable</summary>
    internal static bool ErrorCodeIsRetryable(int error_code) => throw new System.NotImplementedException();
}

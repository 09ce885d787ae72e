// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class CommonLibrary
{
    /// <summary>aws_common_library_init</summary>
    internal static void LibraryInit(aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_common_library_clean_up</summary>
    internal static void LibraryCleanUp() => throw new System.NotImplementedException();

    /// <summary>aws_common_fatal_assert_library_initialized</summary>
    internal static void FatalAssertLibraryInitialized() => throw new System.NotImplementedException();
}

// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Machine;

/// <summary>Libraries that are loaded while the program runs. One thread at a time for each struct.</summary>
internal static unsafe class SharedLibrary
{
    private const int LongestReason = 512;

    /// <summary>Loads a library, the program itself for a NULL path. <see cref="CleanUp"/> releases it.</summary>
    internal static int Init(aws_shared_library* library, byte* library_path)
    {
        if (library == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        library->library_handle = (void*)Platform.DynamicLibrary.Open(library_path);
        if (library->library_handle != null)
            return AWS_OP_SUCCESS;

        byte* buffer = stackalloc byte[LongestReason];
        byte* text = Platform.DynamicLibrary.ErrorText(buffer, LongestReason);
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_SHARED_LIBRARY,
            $"id=0x{(nint)library:x}: library '{library_path}' not loaded: {text}");
        return Errors.Raise(AWS_IO_SHARED_LIBRARY_LOAD_FAILURE);
    }

    /// <summary>Unloads the library, unless somebody else uses it. NULL and an empty struct are let pass.</summary>
    internal static void CleanUp(aws_shared_library* library)
    {
        if (library == null || library->library_handle == null)
            return;

        Platform.DynamicLibrary.Close((nint)library->library_handle);
        library->library_handle = null;
    }

    /// <summary>The address of a function, NULL if there is none.</summary>
    internal static int FindFunction(
        aws_shared_library* library, byte* symbol_name, aws_generic_function* function_address)
    {
        if (function_address == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *function_address = null;
        if (symbol_name == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (library == null || library->library_handle == null)
            return Errors.Raise(AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE);

        *function_address =
            (aws_generic_function)Platform.DynamicLibrary.Find((nint)library->library_handle, symbol_name);
        if (*function_address != null)
            return AWS_OP_SUCCESS;

        byte* buffer = stackalloc byte[LongestReason];
        byte* text = Platform.DynamicLibrary.ErrorText(buffer, LongestReason);
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_SHARED_LIBRARY,
            $"id=0x{(nint)library:x}: function '{symbol_name}' not found: {text}");
        return Errors.Raise(AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE);
    }
}

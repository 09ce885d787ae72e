// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class HashIterator
{
    /// <summary>aws_hash_iter_begin</summary>
    internal static aws_hash_iter Begin(aws_hash_table* map) => throw new System.NotImplementedException();

    /// <summary>aws_hash_iter_done</summary>
    internal static bool Done(aws_hash_iter* iter) => throw new System.NotImplementedException();

    /// <summary>aws_hash_iter_next</summary>
    internal static void Next(aws_hash_iter* iter) => throw new System.NotImplementedException();

    /// <summary>aws_hash_iter_delete</summary>
    internal static void Delete(aws_hash_iter* iter, bool destroy_contents) => throw new System.NotImplementedException();

    /// <summary>aws_hash_iter_is_valid</summary>
    internal static bool IsValid(aws_hash_iter* iter) => throw new System.NotImplementedException();
}

// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's error numbers, and the error codes of aws-c-common that stand for them.</summary>
internal static class OsErrors
{
    /// <summary>
    /// Why the calling thread's last call failed; to be read before any other call. What an export sets last of all is
    /// what its caller finds.
    /// </summary>
    internal static int Last
    {
        get => ErrorNumbersLeaf.Last;
        set => ErrorNumbersLeaf.Last = value;
    }

    /// <summary>Whether what was named does not exist.</summary>
    internal static bool IsMissing(int number) => ErrorNumbersLeaf.IsMissing(number);

    /// <summary>Whether what was to be made exists.</summary>
    internal static bool IsExisting(int number) => ErrorNumbersLeaf.IsExisting(number);

    /// <summary>The code for a failed call on a file, or <paramref name="fallback"/> if there is none.</summary>
    internal static int OfFile(int number, int fallback) => ErrorNumbersLeaf.OfFile(number, fallback);

    internal static int OfLock(int number) => ErrorNumbersLeaf.OfLock(number);

    internal static int OfCondition(int number) => ErrorNumbersLeaf.OfCondition(number);

    internal static int OfThreadStart(int number) => ErrorNumbersLeaf.OfThreadStart(number);

    /// <summary>0 for numbers that do not say that the thread was not joined.</summary>
    internal static int OfThreadJoin(int number) => ErrorNumbersLeaf.OfThreadJoin(number);
}

// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary>What the error numbers of mutexes and reader-writer locks become.</summary>
internal static class LockErrors
{
    /// <summary>Success for 0; else the matching error is raised.</summary>
    internal static int Translate(int number) =>
        number == 0 ? AWS_OP_SUCCESS : Errors.Raise(Platform.OsErrors.OfLock(number));
}

// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Platform;

namespace Reseau.Native.Exports;

/// <summary>What ends of look-ups are in <c>enum reseau_error</c>.</summary>
internal static class ReseauErrors
{
    /// <summary>How a look-up has ended; 0 if it has found something.</summary>
    internal static int Of(LookUpEnd end) => end switch
    {
        LookUpEnd.Found => 0,
        LookUpEnd.NotFound => RESEAU_ERROR_NAME_NOT_FOUND,
        LookUpEnd.TryAgain => RESEAU_ERROR_NAME_TRY_AGAIN,
        LookUpEnd.NoMemory => RESEAU_ERROR_NO_MEMORY,
        LookUpEnd.BadName => RESEAU_ERROR_BAD_ADDRESS,
        _ => RESEAU_ERROR_NAME_FAILED,
    };
}

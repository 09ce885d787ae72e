// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop;

/// <summary>What PKCS#11 libraries call.</summary>
internal static unsafe partial class Shim
{
    /// <summary>Fills in the functions for mutexes: the first four fields.</summary>
    [DllImport(Library)]
    internal static extern void reseau_pkcs11_mutexes(Pkcs11.CK_C_INITIALIZE_ARGS* arguments);

    /// <summary>To be called after a library has been loaded.</summary>
    [DllImport(Library)]
    internal static extern void reseau_pkcs11_watch_exit();

    /// <summary>Not 0 once the process exits: the state of loaded libraries is about to go.</summary>
    [DllImport(Library)]
    internal static extern int reseau_pkcs11_is_exiting();
}

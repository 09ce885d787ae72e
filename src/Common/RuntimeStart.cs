// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Interop;

namespace Reseau.Native.Common;

/// <summary>Runs once, when the managed runtime has started inside the host.</summary>
internal static class RuntimeStart
{
#pragma warning disable CA2255 // A module initializer is the one hook that runs before every export.
    [ModuleInitializer]
    internal static void Run()
    {
        // The runtime has just set SIGPIPE to ignore; the host's own choice is put back before anything else happens.
        Shim.reseau_restore_host_signals();
        Neighbour.Find();
    }
#pragma warning restore CA2255
}

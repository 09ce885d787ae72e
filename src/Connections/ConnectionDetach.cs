// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Connections;

/// <summary>Descriptors that a program takes out of a connection.</summary>
internal static unsafe class ConnectionDetach
{
    internal static int Detach(Connection* connection) => RESEAU_ERROR_UNSUPPORTED;

    internal static void OnLoop(Connection* connection)
    {
    }
}

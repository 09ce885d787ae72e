// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Sockets;

/// <summary>The machine's network interfaces.</summary>
internal static unsafe class NetworkInterface
{
    /// <summary>True when an interface of this name exists now.</summary>
    internal static bool IsNameValid(byte* interface_name)
    {
        if (interface_name == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return false;
        }

        if (Network.InterfaceIndex(interface_name) != 0)
            return true;

        int error = OsErrors.Last;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"there is no network interface named {interface_name}: errno {error}");
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Connections;

/// <summary>Paths of Unix sockets.</summary>
internal static unsafe class UnixPath
{
    /// <summary>"@name" is one of Linux's abstract names (unix(7)).</summary>
    internal static bool IsAbstract(byte* path, aws_socket_domain domain) =>
        domain == AWS_SOCKET_LOCAL && path[0] == (byte)'@';

    /// <summary>Removes the path of a socket that nobody listens on any more. False if somebody does.</summary>
    internal static bool TryRemoveStale(byte* path) => Network.IsStalePath(path) && Files.Remove(path) == 0;
}

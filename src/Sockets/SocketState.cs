// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary>
/// The values of aws_socket::state. A socket is in one state at a time, except that it is readable and writable at once
/// while connected in both directions.
/// </summary>
internal static class SocketState
{
    internal const int Init = 0x01;
    internal const int Connecting = 0x02;
    internal const int ConnectedRead = 0x04;
    internal const int ConnectedWrite = 0x08;
    internal const int Bound = 0x10;
    internal const int Listening = 0x20;
    internal const int TimedOut = 0x40;
    internal const int Error = 0x80;
    internal const int Closed = 0x81;
}

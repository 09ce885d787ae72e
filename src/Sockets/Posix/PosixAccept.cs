// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Taking one connection.</summary>
internal static unsafe class PosixAccept
{
    internal static int Accept(SocketCore* core, nint* handle, SocketAddress* peer)
    {
        peer->Length = SocketAddress.Size;
        sockaddr_storage* address = (sockaddr_storage*)SocketAddress.BytesOf(peer);
        int fd = Libc.AcceptNonBlocking(PosixBackend.DescriptorOf(core), address, &peer->Length);
        if (fd < 0)
            return OnError(core, Libc.Errno);

        *handle = fd;
        peer->Domain = address->ss_family switch
        {
            Libc.AF_INET => AWS_SOCKET_IPV4,
            Libc.AF_INET6 => AWS_SOCKET_IPV6,
            _ => SocketCore.DomainOf(core),
        };
        return AWS_ERROR_SUCCESS;
    }

    private static int OnError(SocketCore* core, int error)
    {
        switch (error)
        {
            case Libc.EAGAIN:
                return SocketResult.WouldBlock;

            // This connection is lost, the others are not: on Linux accept reports a connection's own errors.
            case Libc.ECONNABORTED or Libc.EPROTO or Libc.EPERM or Libc.ENOPROTOOPT or Libc.ENETDOWN
                or Libc.ENETUNREACH or Libc.EHOSTUNREACH or Libc.EHOSTDOWN or Libc.ENONET or Libc.EOPNOTSUPP
                or Libc.ETIMEDOUT:
                Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
                    $"{new SocketId(core)}: a connection was lost before it was accepted: errno {error}");
                return SocketResult.Lost;

            default:
                Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                    $"{new SocketId(core)}: accept failed with errno {error}");
                return PosixErrors.FromErrno(error);
        }
    }
}

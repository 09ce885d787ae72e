// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// An address being tried: at most one socket, which is the attempt's until it is taken or closed (docs/lifetimes.md,
/// rule 77). The attempt knows its owner only by a callback.
/// </summary>
internal unsafe struct ConnectionAttempt
{
    private static nint s_observer;

    private static SocketObserver* Observer => StaticMemory.Get(ref s_observer, &NewObserver);

    private static SocketObserver NewObserver() => AwsSocket.NewConnectingObserver(&OnConnected);

    /// <summary>NULL before the attempt and after it.</summary>
    private aws_socket* _socket;
    private void* _owner;
    private delegate*<void*, ConnectionAttempt*, int, void> _onEnded;

    /// <summary>The number of its entry in the log, or -1.</summary>
    internal int Entry;

    /// <summary>From the resolver; empty if there was nothing to resolve.</summary>
    internal AddressRecord Address;

    internal readonly bool IsUnderWay => _socket != null;

    /// <summary>
    /// <paramref name="onEnded"/> comes once for each attempt that was begun, on the loop's thread, unless it is closed
    /// first: with the owner, the attempt and an error. The socket is there until the owner takes or closes it.
    /// </summary>
    internal static void Init(
        ConnectionAttempt* attempt, void* owner, delegate*<void*, ConnectionAttempt*, int, void> onEnded)
    {
        attempt->_owner = owner;
        attempt->_onEnded = onEnded;
    }

    /// <summary>
    /// Connects to <see cref="Address"/>, from an address of this host if one is given. Returns 0 or an error, after
    /// which the owner closes the attempt. The result never comes inside the call; on another thread than the loop's it
    /// may have come, and the attempt may be gone, when this returns.
    /// </summary>
    internal static int Connect(ConnectionAttempt* attempt, AddressRace* race)
    {
        AddressRecord* address = &attempt->Address;
        aws_socket_options own = race->SocketOptions;
        own.domain = address->Type == AWS_ADDRESS_RECORD_TYPE_AAAA ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
        int error = Open(attempt, race->Allocator, &own, race->Loop);
        if (error == AWS_ERROR_SUCCESS && race->Source != null)
            error = AwsSocketConnect.BindSource(attempt->_socket, race->Source);
        if (error == AWS_ERROR_SUCCESS && race->SendsEarly)
            SocketSettings.Set(AwsSocket.CoreOf(attempt->_socket), SocketSetting.SendEarly, 1);
        if (error == AWS_ERROR_SUCCESS)
            error = AwsSocketConnect.ConnectToIp(
                attempt->_socket, &address->Address, address->Text, race->Port, race->Loop, Observer, attempt);
        return error;
    }

    /// <summary>The same for an endpoint of the options' domain, which is read inside the call.</summary>
    internal static int Connect(
        ConnectionAttempt* attempt,
        aws_allocator* allocator,
        aws_socket_options* options,
        aws_socket_endpoint* endpoint,
        aws_event_loop* loop)
    {
        int error = Open(attempt, allocator, options, loop);
        if (error == AWS_ERROR_SUCCESS)
            error = AwsSocketConnect.ConnectToEndpoint(attempt->_socket, endpoint, loop, Observer, attempt);
        return error;
    }

    /// <summary>The connected socket, which is the caller's from now on.</summary>
    internal static aws_socket* Take(ConnectionAttempt* attempt)
    {
        aws_socket* socket = attempt->_socket;
        attempt->_socket = null;
        return socket;
    }

    /// <summary>
    /// Ends the attempt without a callback, if it is under way. Loop's thread, or after a failed call.
    /// </summary>
    internal static void Close(ConnectionAttempt* attempt)
    {
        aws_socket* socket = Take(attempt);
        if (socket != null)
            Socket.Destroy(socket);
    }

    private static int Open(
        ConnectionAttempt* attempt, aws_allocator* allocator, aws_socket_options* options, aws_event_loop* loop)
    {
        aws_socket* socket = Allocator.New<aws_socket>(allocator);
        if (Socket.Init(socket, allocator, options, loop) == AWS_OP_SUCCESS)
        {
            attempt->_socket = socket;
            return AWS_ERROR_SUCCESS;
        }

        Allocator.Release(allocator, socket);
        return Errors.LastError();
    }

    private static void OnConnected(SocketCore* core, int error)
    {
        ConnectionAttempt* attempt = (ConnectionAttempt*)AwsSocket.SocketOf(core)->connect_accept_user_data;
        attempt->_onEnded(attempt->_owner, attempt, error);
    }
}

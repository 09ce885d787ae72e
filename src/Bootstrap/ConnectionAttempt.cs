// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// One address of a <see cref="ConnectionRace"/> and the socket that tries it. While there is a socket the attempt holds
/// a reference to its race.
/// </summary>
internal unsafe struct ConnectionAttempt
{
    /// <summary>NULL before the attempt, and after it.</summary>
    internal aws_socket* Socket;

    /// <summary>As the resolver gave it; empty when there was nothing to resolve.</summary>
    internal aws_host_address Address;

    private ConnectionRace* _race;
    private aws_socket_domain _domain;
    private aws_socket_endpoint _endpoint;
    private int _error;

    /// <summary>The address is shorter than <see cref="AddressText.MaxLength"/>.</summary>
    internal static void Init(
        ConnectionAttempt* attempt,
        ConnectionRace* race,
        aws_socket_domain domain,
        byte* address,
        nuint addressLength,
        uint port)
    {
        attempt->_race = race;
        attempt->_domain = domain;
        NativeMemory.Copy(address, attempt->_endpoint.address, addressLength);
        attempt->_endpoint.port = port;
    }

    internal static void CleanUp(ConnectionAttempt* attempt)
    {
        if (attempt->Address.address != null)
            HostAddress.CleanUp(&attempt->Address);
    }

    /// <summary>On failure the caller abandons the attempt. After success it may be over, and gone, already.</summary>
    internal static int Connect(ConnectionAttempt* attempt)
    {
        ConnectionRace* race = attempt->_race;
        aws_allocator* allocator = race->Bootstrap->allocator;
        aws_socket_options options = race->SocketOptions;
        options.domain = attempt->_domain;
        aws_socket* socket = (aws_socket*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_socket));
        if (Sockets.Socket.Init(socket, allocator, &options) != AWS_OP_SUCCESS)
        {
            Allocator.Release(allocator, socket);
            return AWS_OP_ERR;
        }

        ConnectionRace.AddReference(race);
        attempt->Socket = socket;
        aws_socket_connect_options connect = new()
        {
            remote_endpoint = &attempt->_endpoint,
            event_loop = race->Loop,
            on_connection_result = &OnResult,
            user_data = attempt,
        };
        return Sockets.Socket.Connect(socket, &connect);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnResult(aws_socket* socket, int error, void* userData)
    {
        ConnectionAttempt* attempt = (ConnectionAttempt*)userData;

        // A connect that failed at once was abandoned by its caller.
        if (attempt->Socket == null)
            return;

        // From now on a failure can no longer be returned to the caller of a direct connect.
        ConnectionRace* race = attempt->_race;
        race->ReportsFailure = true;
        if (error == AWS_ERROR_SUCCESS)
        {
            // The connection's from here on.
            attempt->Socket = null;
            ConnectionRace.OnWon(race, socket);
            ConnectionRace.Release(race);
            return;
        }

        ConnectionRace.AddReference(race);
        Abandon(attempt, error);
        ConnectionRace.TryNext(race);
        ConnectionRace.Release(race);
    }

    /// <summary>
    /// Closes the attempt's socket, if it got one, and counts it as gone when that is done. The caller holds a reference
    /// to the race, or the attempt's socket does.
    /// </summary>
    internal static void Abandon(ConnectionAttempt* attempt, int error)
    {
        ConnectionRace* race = attempt->_race;
        attempt->_error = error;
        if (!race->IsWon && attempt->Address.address != null)
            HostResolver.RecordConnectionFailure(race->Bootstrap->host_resolver, &attempt->Address);

        aws_socket* socket = attempt->Socket;
        attempt->Socket = null;
        if (socket == null)
            ConnectionRace.OnAttemptGone(race, error);
        else
            SocketChannel.Dispose(socket, &OnDisposed, attempt);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisposed(void* userData)
    {
        ConnectionAttempt* attempt = (ConnectionAttempt*)userData;
        ConnectionRace* race = attempt->_race;
        ConnectionRace.OnAttemptGone(race, attempt->_error);
        ConnectionRace.Release(race);
    }
}

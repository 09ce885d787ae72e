// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Connections;

/// <summary>
/// The one place that calls a connection's C functions: on the loop's thread, not under the lock, with the connection
/// held by whoever calls. Each may close the connection, or abort it.
/// </summary>
internal static unsafe class ConnectionCallbacks
{
    internal static bool TakesData(Connection* connection) => connection->Settings->Options.on_data != null;

    /// <summary>Somebody is called when the peer's stream has ended, or the connection closes then.</summary>
    internal static bool TakesEnd(Connection* connection) =>
        TakesData(connection) || connection->Settings->Options.on_end != null;

    internal static void Open(Connection* connection) => Call(connection, connection->Settings->Options.on_open);

    internal static void Drain(Connection* connection) => Call(connection, connection->Settings->Options.on_drain);

    internal static void Touch(Connection* connection) => Call(connection, connection->Settings->Options.on_touch);

    /// <summary>What they get from now on. Any thread.</summary>
    internal static void SetState(Connection* connection, void* state) =>
        Volatile.Write(ref connection->State, (nint)state);

    /// <summary>Returns how many bytes were consumed.</summary>
    internal static nuint Data(Connection* connection, byte* data, nuint length)
    {
        reseau_options* options = &connection->Settings->Options;
        return nuint.Min(options->on_data(connection->Object.Id, data, length, StateOf(connection)), length);
    }

    /// <summary>False if there is no function for it.</summary>
    internal static bool TryEnd(Connection* connection)
    {
        Call(connection, connection->Settings->Options.on_end);
        return connection->Settings->Options.on_end != null;
    }

    internal static void Close(Connection* connection, CloseRecord* record)
    {
        reseau_options* options = &connection->Settings->Options;
        if (options->on_close == null)
            return;

        reseau_close_info info = CloseRecord.ToC(record);
        options->on_close(connection->Object.Id, &info, StateOf(connection));
    }

    private static void* StateOf(Connection* connection) => (void*)Volatile.Read(ref connection->State);

    internal static void Call(Connection* connection, reseau_on_event_fn function)
    {
        if (function != null)
            function(connection->Object.Id, StateOf(connection));
    }
}

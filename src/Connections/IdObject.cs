// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Connections;

/// <summary>What kinds of objects have ids.</summary>
internal enum IdKind : byte
{
    /// <summary>Whichever kind it is.</summary>
    Any,
    Connection,
    Listener,
    Datagram,
    Timer,
    Watch,
    Loop,
    File,
    FileWatch,
    Simulation,
}

/// <summary>
/// What an object begins with that C knows by an id. The object is made, then given its id
/// (<see cref="IdTable.Add"/>), and is there as long as it has references (docs/lifetimes.md, rules 100 to 105).
/// </summary>
internal unsafe struct IdObject
{
    internal IdOperations* Operations;
    internal long Id;

    /// <summary>What the table has of it, which does not move: generation, whether it is gone, references.</summary>
    internal ulong* Word;

    /// <summary>Where its callbacks come; NULL for objects on no loop.</summary>
    internal aws_event_loop* Loop;
}

/// <summary>
/// What all kinds of objects can do: one static table for each kind. Each is called on any thread, with the object
/// held, and returns 0 or an error of <c>reseau_error</c>. Except for the first two, entries may be NULL.
/// </summary>
internal unsafe struct IdOperations
{
    internal IdKind Kind;

    /// <summary>Frees the object: its last reference is gone.</summary>
    internal delegate*<IdObject*, void> Free;

    /// <summary>Begins its end, at once if the argument is true; 0 also if that has begun before.</summary>
    internal delegate*<IdObject*, bool, int> Close;

    /// <summary>Stops what comes in if the argument is true, else goes on.</summary>
    internal delegate*<IdObject*, bool, int> Pause;

    /// <summary>
    /// Frees an object of the program's with it: object and function. After an error that is the caller's to do.
    /// </summary>
    internal delegate*<IdObject*, void*, delegate* unmanaged[Cdecl]<void*, void>, int> Link;

    /// <summary>Its local address.</summary>
    internal delegate*<IdObject*, aws_socket_endpoint*, int> GetLocalAddress;

    /// <summary>That of the other end.</summary>
    internal delegate*<IdObject*, aws_socket_endpoint*, int> GetPeerAddress;
}

// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>How a path behaves; zero is perfect, but for the segments' size. Times are nanoseconds.</summary>
internal struct PathSettings
{
    internal const nuint DefaultSegment = 16 * 1024;

    internal ulong Latency;
    internal ulong Jitter;
    internal ulong BytesPerSecond;
    internal nuint SegmentBytes;
    internal Odds Loss;
    internal Odds Duplication;
    internal Odds Reordering;
    internal Odds Reset;

    internal static PathSettings Perfect => new() { SegmentBytes = DefaultSegment };
}

/// <summary>The way from one host of a network to another.</summary>
internal unsafe struct VirtualPath
{
    /// <summary>How long a system waits before it sends again what was lost, the first time and at most.</summary>
    internal const ulong FirstPause = 200_000_000;
    internal const ulong MaxPause = 60 * Clock.NanosecondsPerSecond;

    /// <summary>What is overtaken is late by so much at most, beside what else makes it late.</summary>
    private const ulong Overtaken = 2_000_000;

    // Of what is sent several times, so many are lost at most: then the path lets nothing through.
    private const int MaxLost = 12;

    internal VirtualPath* Next;
    internal VirtualHost* From;
    internal VirtualHost* To;
    internal PathSettings Settings;

    /// <summary>Nothing arrives.</summary>
    internal bool IsCut;

    // When the last byte of what was sent will have left.
    private ulong _busyUntil;

    // What is not to be overtaken has arrived by then.
    private ulong _lastArrival;

    internal static bool IsOpen(VirtualPath* path) => !path->IsCut && !path->From->IsDown && !path->To->IsDown;

    /// <summary>A datagram leaves now: when it arrives, or 0 if it never does.</summary>
    internal static ulong SendDatagram(VirtualPath* path, nuint bytes)
    {
        VirtualNetwork* network = path->From->Network;
        ulong arrival = Leave(path, bytes);
        if (!IsOpen(path) || network->Random.Happens(path->Settings.Loss))
            return 0;
        if (network->Random.Happens(path->Settings.Reordering))
            return arrival + Late(path);
        return path->_lastArrival = ulong.Max(arrival, path->_lastArrival + 1);
    }

    /// <summary>
    /// A part of a stream leaves now: when it arrives, after it has been lost as often as it may be, if the path is
    /// open then.
    /// </summary>
    internal static ulong SendReliably(VirtualPath* path, nuint bytes, ulong firstPause = FirstPause)
    {
        VirtualNetwork* network = path->From->Network;
        ulong arrival = Leave(path, bytes);
        ulong pause = firstPause;
        for (int i = 0; i < MaxLost && network->Random.Happens(path->Settings.Loss); i++)
        {
            arrival += pause;
            pause = ulong.Min(pause * 2, MaxPause);
        }

        if (network->Random.Happens(path->Settings.Reordering))
            arrival += Late(path);
        return arrival;
    }

    /// <summary>A duplicate of a datagram arrives as well.</summary>
    internal static bool Duplicates(VirtualPath* path) =>
        path->From->Network->Random.Happens(path->Settings.Duplication);

    private static ulong Leave(VirtualPath* path, nuint bytes)
    {
        VirtualNetwork* network = path->From->Network;
        PathSettings* settings = &path->Settings;
        ulong left = VirtualNetwork.Now(network);
        if (settings->BytesPerSecond != 0)
        {
            left = ulong.Max(left, path->_busyUntil);
            left += (ulong)((System.UInt128)bytes * Clock.NanosecondsPerSecond / settings->BytesPerSecond);
            path->_busyUntil = left;
        }

        ulong jitter = settings->Jitter == 0 ? 0 : network->Random.UpTo(settings->Jitter);
        return left + settings->Latency + jitter;
    }

    private static ulong Late(VirtualPath* path) =>
        path->From->Network->Random.UpTo(Overtaken + path->Settings.Latency + path->Settings.Jitter);
}

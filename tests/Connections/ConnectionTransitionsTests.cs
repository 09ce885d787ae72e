// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Reseau.Native.Connections;
using Reseau.Native.Tests.Architecture;
using Xunit;
using static Reseau.Native.Connections.ConnectionEvent;
using static Reseau.Native.Connections.ConnectionPhase;

namespace Reseau.Native.Tests.Connections;

/// <summary>The phases of a connection are those of docs/lifetimes.md; what is not there changes nothing.</summary>
public class ConnectionTransitionsTests
{
    private static readonly Dictionary<(ConnectionPhase, ConnectionEvent), ConnectionPhase> s_table = new()
    {
        [(Connecting, ProxyBegun)] = Proxying,
        [(Connecting, TlsBegun)] = Handshaking,
        [(Proxying, TlsBegun)] = Handshaking,
        [(Open, TlsBegun)] = Handshaking,
        [(Connecting, Opened)] = Open,
        [(Proxying, Opened)] = Open,
        [(Handshaking, Opened)] = Open,
        [(Open, CloseBegun)] = Closing,
        [(Connecting, Ended)] = Closed,
        [(Proxying, Ended)] = Closed,
        [(Handshaking, Ended)] = Closed,
        [(Open, Ended)] = Closed,
        [(Closing, Ended)] = Closed,
        [(Closed, Ended)] = Closed,
    };

    [Fact]
    public void EveryEventInEveryPhase()
    {
        foreach (ConnectionPhase phase in Enum.GetValues<ConnectionPhase>())
        {
            foreach (ConnectionEvent happened in Enum.GetValues<ConnectionEvent>())
                Assert.Equal(
                    s_table.GetValueOrDefault((phase, happened), phase), ConnectionTransitions.After(phase, happened));
        }
    }

    [Fact]
    public void TheVersionIsThatOfTheFile() => Assert.Equal(
        File.ReadAllText(Path.Combine(SourceTree.Root, "VERSION")).Trim(),
        System.Text.Encoding.ASCII.GetString(Runtime.LibraryVersion.Text));

    /// <summary>Each number of enum reseau_error is the header's.</summary>
    [Fact]
    public void ErrorsAreThoseOfTheHeader()
    {
        string header = File.ReadAllText(Path.Combine(SourceTree.Root, "include", "reseau", "base.h"));
        Dictionary<string, int> ours = typeof(Native.Abi.reseau_error).GetFields()
            .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);
        Dictionary<string, int> theirs = Regex.Matches(header, @"(RESEAU_ERROR_\w+) = (-\d+)")
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        Assert.Equal(theirs, ours);
    }
}

// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Tls;
using Xunit;
using static Reseau.Native.Tls.TlsSessionEvent;
using static Reseau.Native.Tls.TlsSessionState;

namespace Reseau.Native.Tests.Tls;

/// <summary>The transitions of a session, against the table of docs/lifetimes.md written down a second time.</summary>
public class TlsSessionTransitionsTests
{
    private static readonly Dictionary<(TlsSessionState, TlsSessionEvent), TlsSessionState> s_table = new()
    {
        [(Idle, HandshakeStepped)] = Handshaking,
        [(Idle, Failed)] = HandshakeFailed,
        [(Idle, HandshakeAbandoned)] = HandshakeFailed,
        [(Handshaking, KeyNeeded)] = AwaitingKey,
        [(Handshaking, HandshakeFinished)] = Open,
        [(Handshaking, Failed)] = HandshakeFailed,
        [(Handshaking, HandshakeAbandoned)] = HandshakeFailed,
        [(AwaitingKey, KeyAnswered)] = Handshaking,
        [(AwaitingKey, Failed)] = HandshakeFailed,
        [(AwaitingKey, HandshakeAbandoned)] = HandshakeFailed,
        [(Open, CloseNotifyReceived)] = ReadClosed,
        [(Open, CloseNotifySent)] = WriteClosed,
        [(Open, Failed)] = Lost,
        [(Open, HandshakeAbandoned)] = HandshakeFailed,
        [(ReadClosed, CloseNotifySent)] = Closed,
        [(ReadClosed, Failed)] = Lost,
        [(WriteClosed, CloseNotifyReceived)] = Closed,
        [(WriteClosed, Failed)] = Lost,
    };

    [Fact]
    public void EveryEventLeadsWhereTheTableSaysAndElsewhereChangesNothing()
    {
        foreach (TlsSessionState state in Enum.GetValues<TlsSessionState>())
        {
            foreach (TlsSessionEvent happened in Enum.GetValues<TlsSessionEvent>())
            {
                TlsSessionState expected = s_table.GetValueOrDefault((state, happened), state);
                Assert.Equal(expected, TlsSessionTransitions.After(state, happened));
            }
        }
    }

    [Fact]
    public void EveryStateCanBeReached()
    {
        HashSet<TlsSessionState> reached = [Idle];
        for (int steps = 0; steps < s_table.Count; steps++)
        {
            List<TlsSessionState> next =
                [.. s_table.Where(entry => reached.Contains(entry.Key.Item1)).Select(entry => entry.Value)];
            reached.UnionWith(next);
        }

        Assert.Equal(Enum.GetValues<TlsSessionState>().Length, reached.Count);
    }
}

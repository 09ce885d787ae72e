// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Tests.EventLoops;
using Reseau.Native.Tests.Sockets;

namespace Reseau.Native.Tests.Resolver;

/// <summary>
/// A resolver whose program asks, reports failures and purges, from callbacks as well, while names change, answer late
/// or not at all: all drawn from a seed. It keeps what was wrong, by <see cref="ResolverRules"/>.
/// </summary>
internal sealed unsafe class SeededResolver : ResolverWorld
{
    private const ulong Second = 1_000_000_000;
    private const int MaxActions = 60;

    // So many look-ups of a host that nobody asks for any more.
    private const ulong MaxIdleRounds = 300;

    // The clock goes no further.
    private const ulong MaxTime = 1UL << 61;

    private readonly SeededDraws _draws;
    private readonly SeededNames _names;
    private readonly ResolverRules _rules;
    private readonly string[] _hosts;
    private readonly List<Request> _requests = [];
    private readonly List<ShutdownCallback> _purges = [];

    internal SeededResolver(ulong seed)
        : base(seed % 3 == 0 ? 0 : seed, (ushort)(1 + seed % 2))
    {
        _draws = new SeededDraws(seed);
        _names = new SeededNames(_draws, () => Now);
        _hosts = [.. Enumerable.Range(0, 1 + _draws.UpTo(2)).Select(number => $"host{number}.test")];
        SetNames(_names.Native);
        Config = DrawConfig();
        _rules = new ResolverRules(Config, _names.MaxDelay, text => Findings.Add($"{Now}: {text}"));
        _names.OnLookUp = OnLookUp;
        OnAnswer = AfterAnswer;
        foreach (string host in _hosts)
            _names.Change(host);
    }

    /// <summary>What has happened, in order.</summary>
    internal List<string> Log { get; } = [];

    /// <summary>What was wrong.</summary>
    internal List<string> Findings { get; } = [];

    /// <summary>When the resolver was released, or later.</summary>
    internal ulong End { get; private set; }

    internal int LookUps => _names.LookUps.Count;

    internal int Successes => _requests.Count(request => request.Error == AWS_ERROR_SUCCESS);

    internal void Run()
    {
        Write($"lives {Config.max_ttl} s, every {Config.resolve_frequency_ns} ns, answers in {_names.MaxDelay} ns");
        for (int i = 1 + _draws.UpTo(MaxActions); i > 0 && !IsReleased && Now < MaxTime && Findings.Count == 0; i--)
        {
            Act(_draws.OneOf(_hosts));
            VirtualTime.Advance(Time, _draws.Delay());
        }

        if (!IsReleased && _draws.OneIn(2))
            LetEveryHostEnd();
        if (!IsReleased)
            EndResolver();
        End = Now;
        while (VirtualTime.RunToNextTimer(Time))
        {
        }

        _rules.CheckEnd(_requests, IsGone);
        if (_purges.Any(purge => purge.Calls != 1))
            Findings.Add("a purge was not reported once");
    }

    public override void Dispose()
    {
        base.Dispose();
        _names.Dispose();
        _purges.ForEach(purge => purge.Dispose());
    }

    private aws_host_resolution_config DrawConfig()
    {
        aws_host_resolution_config config = default;
        config.max_ttl = (nuint)(_draws.OneIn(8) ? 0 : _draws.Size(24));
        ulong slowest = ulong.Max(1, config.max_ttl) * Second / MaxIdleRounds;
        config.resolve_frequency_ns = ulong.Max(slowest, _draws.OneIn(8) ? 1 : _draws.Size(44));
        return config;
    }

    private void Act(string host)
    {
        switch (_draws.UpTo(9))
        {
            case 0:
                _names.Change(host);
                Write($"{host} changes");
                break;
            case 1:
                Purge(_draws.OneIn(4) ? null : host);
                break;
            case 2:
            case 3:
                Fail(host);
                break;
            case 4:
                AskForAll(host);
                break;
            default:
                Ask(host, "");
                break;
        }
    }

    private Request Ask(string host, string why)
    {
        Write($"asks for {host}{why}");
        _rules.OnAsk(host, Now);
        Request request = Ask(host);
        _requests.Add(request);
        return request;
    }

    // As many requests as there are addresses of a family get each of them.
    private void AskForAll(string host)
    {
        bool isIPv6 = _draws.OneIn(2);
        int count = Count(host, isIPv6);
        HashSet<string> given = [];
        for (int i = 0; i < count; i++)
            given.UnionWith(Ask(host, " in turn").Addresses.Where(address => address.Contains(':') == isIPv6));
        if (given.Count != count)
            Findings.Add($"{Now}: {given.Count} of {count} addresses of {host} came in turn");
    }

    // The last address that was given, as a rule, or any.
    private void Fail(string host)
    {
        string[] given = [.. _requests.Where(request => request.Host == host).SelectMany(request => request.Addresses)];
        if (given.Length == 0)
            return;

        string address = _draws.OneIn(4) ? _draws.OneOf(given) : given[^1];
        Write($"{address} of {host} has failed");
        _rules.OnFailure(host, address, Now);
        RecordFailure(host, address);
    }

    private void Purge(string? host)
    {
        Write($"purges {host ?? "all"}");
        foreach (string purged in host == null ? _hosts : [host])
            _rules.OnPurge(purged, Now);
        ShutdownCallback done = new();
        _purges.Add(done);
        Purge(host, done);
        if (done.Calls != 0)
            Findings.Add($"{Now}: a purge was reported inside the call");
    }

    private void OnLookUp(LookUp lookUp)
    {
        Write($"{lookUp.Host} is looked up: {lookUp.Error}, {string.Join(' ', lookUp.Addresses)}, at {lookUp.Ended}");
        _rules.OnLookUp(lookUp);
    }

    private void AfterAnswer(Request request)
    {
        Write($"{request.Host} of {request.When}: {request.Error}, {string.Join(' ', request.Addresses)}");
        _rules.CheckAnswer(request);
        if (IsReleased || request.IsImmediate)
            return;

        if (_draws.OneIn(8))
            Act(_draws.OneOf(_hosts));
        else if (_draws.OneIn(64))
            EndResolver();
    }

    private void EndResolver()
    {
        Write("ends");
        _rules.OnRelease();
        Release();
    }

    private void LetEveryHostEnd()
    {
        ulong idle = ulong.Max(1, Config.max_ttl) * Second;
        VirtualTime.Advance(Time, 3 * (idle + _names.MaxDelay + Second));
        int lookUps = _names.LookUps.Count;
        VirtualTime.Advance(Time, 3 * idle);
        if (_names.LookUps.Count != lookUps)
            Findings.Add($"{Now}: names are looked up that nobody asks for");
        foreach (string host in _hosts)
        {
            if (!IsReleased && Count(host, true) + Count(host, false) != 0)
                Findings.Add($"{Now}: {host} has addresses that nobody asks for");
        }
    }

    private void Write(string text) => Log.Add($"{Now}: {text}");
}

// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Abi;

namespace Reseau.Native.Tests.Resolver;

/// <summary>
/// What must hold of a resolver, whatever happens. It follows what happens, and reports what is wrong.
/// </summary>
internal sealed class ResolverRules(aws_host_resolution_config config, ulong maxDelay, Action<string> onFault)
{
    private const ulong Second = 1_000_000_000;
    private const ulong ShortestPause = Second / 10;

    private readonly ulong _timeToLive = config.max_ttl * Second;
    private readonly ulong _idle = ulong.Max(1, config.max_ttl) * Second;
    private readonly Dictionary<string, Host> _hosts = [];
    private bool _isReleased;

    private sealed class Host
    {
        internal List<ulong> Asks { get; } = [];

        internal List<LookUp> LookUps { get; } = [];

        /// <summary>
        /// When each address failed first and last, and whether the resolver certainly knew it the last time.
        /// </summary>
        internal Dictionary<string, (ulong First, ulong When, bool WasKnown)> Failures { get; } = [];

        internal ulong? Purged { get; set; }

        /// <summary>Since when it has certainly been in the cache, if it has been asked for since then.</summary>
        internal ulong Since { get; set; }

        /// <summary>Certainly of the host that is in the cache now.</summary>
        internal IEnumerable<LookUp> Own => LookUps.Where(lookUp => lookUp.Began > (Purged ?? 0));

        /// <summary>Those that have brought addresses.</summary>
        internal IEnumerable<LookUp> Found => Own.Where(lookUp => lookUp.Addresses.Length > 0);
    }

    private ulong Pause => ulong.Max(ShortestPause, ulong.Min(_idle, config.resolve_frequency_ns));

    internal void OnAsk(string name, ulong now)
    {
        Host host = Of(name);
        if (host.Asks.Count == 0 || host.Asks[^1] + _idle < now)
            host.Since = now;
        host.Asks.Add(now);
    }

    internal void OnFailure(string name, string address, ulong now)
    {
        Host host = Of(name);
        LookUp? last = host.Found.LastOrDefault(lookUp => lookUp.Ended < now && lookUp.Began >= host.Since);
        bool isInCache = host.Asks[^1] + _idle >= now;
        ulong first = host.Failures.TryGetValue(address, out var before) ? before.First : now;
        host.Failures[address] = (first, now, isInCache && last?.Addresses.Contains(address) == true);
    }

    internal void OnPurge(string name, ulong now)
    {
        Host host = Of(name);
        host.Purged = now;
        host.Since = now;
        host.Failures.Clear();
    }

    internal void OnRelease() => _isReleased = true;

    internal void OnLookUp(LookUp lookUp)
    {
        Host host = Of(lookUp.Host);
        if (lookUp.Began > host.Asks[^1] + _idle)
            onFault("a name is looked up that nobody asks for");
        LookUp? last = host.Own.LastOrDefault();
        if (last != null && last == host.LookUps[^1])
        {
            if (lookUp.Began < last.Ended + ShortestPause)
                onFault("a name is looked up too often");
            ulong due = last.Ended + Pause;
            if (lookUp.Began > due && host.Asks.LastOrDefault(ask => ask <= due) + _idle >= due)
                onFault($"a name is looked up too late: at {due}");
        }

        host.LookUps.Add(lookUp);
    }

    internal void CheckAnswer(Request request)
    {
        Host host = Of(request.Host);
        if (request.Answers != 1)
            onFault("a request is answered twice");
        if (request.AnsweredAt > request.When + maxDelay + ShortestPause)
            onFault($"the answer to a request of {request.When} is late");
        if (request.Error != AWS_ERROR_SUCCESS)
            CheckError(host, request);
        else if (request.When > (host.Purged ?? 0))
            CheckAddresses(host, request);
    }

    internal void CheckEnd(List<Request> requests, bool isGone)
    {
        if (!isGone)
            onFault("the resolver has not ended");
        if (requests.Any(request => request.Answers != 1))
            onFault("a request was not answered");
    }

    private Host Of(string name)
    {
        if (!_hosts.TryGetValue(name, out Host? host))
            _hosts[name] = host = new Host();
        return host;
    }

    private void CheckError(Host host, Request request)
    {
        ulong now = request.AnsweredAt;
        if (request.Error == AWS_IO_DNS_HOST_REMOVED_FROM_CACHE)
        {
            if (!_isReleased && !(host.Purged >= request.When))
                onFault("a request ends as if its host had been purged");
            return;
        }

        bool isOfLookUp = host.LookUps.Any(lookUp => lookUp.Ended == now && (
            lookUp.Error == request.Error
            || (lookUp.Error == AWS_ERROR_SUCCESS && lookUp.Addresses.Length == 0
                && request.Error == AWS_IO_DNS_QUERY_FAILED)));
        if (!isOfLookUp)
            onFault($"no look-up has failed with {request.Error}");
        bool hasAddress = host.Found.Any(lookUp => lookUp.Began >= host.Since && lookUp.Ended < now);
        if (hasAddress && host.Failures.Count == 0 && request.When > (host.Purged ?? 0))
            onFault("a request fails although an address is known");
    }

    private void CheckAddresses(Host host, Request request)
    {
        ulong now = request.AnsweredAt;
        int count = request.Addresses.Count;
        if (count is 0 or > 2 || request.Addresses.DistinctBy(IsIPv6).Count() != count)
            onFault("not one address of each family");
        foreach (string address in request.Addresses)
        {
            LookUp? named = host.LookUps.LastOrDefault(lookUp =>
                lookUp.Began >= (host.Purged ?? 0) && lookUp.Ended <= now && lookUp.Addresses.Contains(address));
            if (named == null)
            {
                onFault($"{address} is no address of {request.Host}");
                continue;
            }

            if (host.Found.Any(lookUp => lookUp.Ended > named.Ended + _timeToLive && lookUp.Ended < now))
                onFault($"{address} has expired");
            if (host.Failures.TryGetValue(address, out var failed) && failed.WasKnown && failed.When < now)
                CheckFailed(host, request, address, failed.First, failed.When);
        }
    }

    // A failed address is not given as long as there is another, until it is looked at again.
    private void CheckFailed(Host host, Request request, string address, ulong first, ulong failed)
    {
        ulong now = request.AnsweredAt;
        LookUp[] since = [.. host.Own.Where(lookUp => lookUp.Ended >= failed && lookUp.Ended <= now)];
        if (since.Length == 0)
            onFault($"{address} has failed and is given");
        else if (since.Length == 1 && since[0].Ended == now && now != failed && HasOther(host, since[0], address)
            && !HasExpired(host, address, first, now))
            onFault($"{address} has failed and is given before others");
    }

    private static bool HasOther(Host host, LookUp lookUp, string address) => lookUp.Addresses.Any(
        other => IsIPv6(other) == IsIPv6(address) && !host.Failures.ContainsKey(other));

    // Whether it may be in use again, since its time was over.
    private bool HasExpired(Host host, string address, ulong failed, ulong now)
    {
        LookUp? named = host.Found.LastOrDefault(
            lookUp => lookUp.Ended < failed && lookUp.Addresses.Contains(address));
        return named == null || named.Ended + _timeToLive <= now;
    }

    private static bool IsIPv6(string address) => address.Contains(':');
}

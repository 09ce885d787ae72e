// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>
/// A host of a simulation, which C knows as a loop. What is on it holds it, and it holds the simulation, until its
/// memory goes; it ends once, in no tick of its own. Rules 280 to 284 of docs/lifetimes.md.
/// </summary>
internal unsafe struct SimulationHost
{
    /// <summary>How names are looked up from it.</summary>
    private struct NamesOfHost
    {
        // First, so that a pointer to the one is a pointer to the other.
        internal NameSource Source;
        internal SimulationHost* Host;
    }

    /// <summary>First, so that a pointer to the one is a pointer to the other.</summary>
    internal LoopObject Loop;
    internal Simulation* Owner;
    internal VirtualHost* Host;

    /// <summary>Of those that have not ended, in the order in which they were made.</summary>
    internal SimulationHost* Next;
    private NamesOfHost _names;
    private bool _isEnding;

    private static nint s_operations;

    private static IdOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    private static IdOperations NewOperations() => new() { Kind = IdKind.Loop, Free = &Free, Close = &End };

    /// <summary>
    /// Returns the id or an error of reseau_error. The texts are C strings; without addresses it gets usual ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long New(Simulation* simulation, byte* name, byte* addresses)
    {
        AddressList list;
        if (!SimulationNames.IsName(name))
            return RESEAU_ERROR_BAD_ADDRESS;
        if (addresses == null)
            SetUsual(simulation, &list);
        else if (!AddressList.TryRead(addresses, &list) || list.Count is 0 or > VirtualHost.MaxAddresses)
            return RESEAU_ERROR_BAD_ADDRESS;
        int error = WhyNot(simulation, name, &list);
        if (error != 0)
            return error;

        aws_event_loop* loop = VirtualLoop.New(simulation->Time);
        if (loop == null)
            return RESEAU_ERROR_NO_MEMORY;
        return Begin(simulation, loop, SimulationNames.Set(&simulation->Names, name, &list), &list);
    }

    /// <summary>Of IdOperations: at once, or when the loop's tick is over.</summary>
    internal static int End(IdObject* item, bool isAbort)
    {
        SimulationHost* host = (SimulationHost*)item;
        if (host->_isEnding)
            return 0;

        host->_isEnding = true;
        host->Host->IsDown |= isAbort;
        IdTable.Acquire(item);
        VirtualTime.CallOutsideTicks(host->Owner->Time, &EndNow, host);
        return 0;
    }

    /// <summary>
    /// The host of an id; NULL for 0. Returns 0, or an error of reseau_error: it may be of another simulation, or have
    /// ended.
    /// </summary>
    internal static int Find(Simulation* simulation, long id, SimulationHost** found)
    {
        *found = null;
        if (id == 0)
            return 0;
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Loop, &item);
        if (error != 0)
            return error;

        SimulationHost* host = simulation->FirstHost;
        while (host != null && &host->Loop.Object != item)
            host = host->Next;
        IdTable.Release(item);
        *found = host;
        return host == null ? RESEAU_ERROR_WRONG_KIND : 0;
    }

    private static long Begin(Simulation* simulation, aws_event_loop* loop, byte* name, AddressList* list)
    {
        SimulationHost* host = Allocator.New<SimulationHost>(Allocator.Default());
        VirtualHost* made = NewOnNetwork(simulation, list);
        made->Name = name;
        made->Faults = simulation->UsualFaults;
        host->Host = made;
        host->Owner = simulation;
        host->_names.Source.Find = &LookUp;
        host->_names.Host = host;
        LoopCore* core = EventLoop.CoreOf(loop);
        core->Sockets = VirtualHost.BackendOf(made);
        core->Names = &host->_names;
        IdTable.Acquire(&simulation->Object);

        // Without an id its memory is gone.
        long id = LoopObject.Register(&host->Loop, loop, Operations);
        if (id < 0)
        {
            made->HasLeft = true;
            EventLoop.Destroy(loop);
            Simulation.Release(simulation);
            return id;
        }

        EventLoop.Run(loop);
        SimulationHost** end = &simulation->FirstHost;
        while (*end != null)
            end = &(*end)->Next;
        *end = host;
        return id;
    }

    // One that had an address of it before has started again.
    private static VirtualHost* NewOnNetwork(Simulation* simulation, AddressList* list)
    {
        VirtualNetwork* network = simulation->Network;
        IpAddress* addresses = stackalloc IpAddress[VirtualHost.MaxAddresses];
        for (int i = 0; i < list->Count; i++)
            addresses[i] = list->Items[i];
        VirtualHost* last = network->FirstHost;
        VirtualHost* made = VirtualHost.New(network, addresses, list->Count);
        for (VirtualHost* old = last; old != null && old != made; old = old->Next)
        {
            if (old->HasLeft && VirtualHost.Has(old, addresses))
                VirtualNetwork.Replace(network, old, made);
        }

        return made;
    }

    private static int WhyNot(Simulation* simulation, byte* name, AddressList* list)
    {
        for (SimulationHost* host = simulation->FirstHost; host != null; host = host->Next)
        {
            if (SimulationNames.AreSame(host->Host->Name, name))
                return RESEAU_ERROR_EXISTS;
            for (int i = 0; i < list->Count; i++)
            {
                IpAddress address = list->Items[i];
                if (IpAddress.IsLoopback(&address))
                    return RESEAU_ERROR_BAD_ADDRESS;
                if (VirtualHost.Has(host->Host, &address))
                    return RESEAU_ERROR_ADDRESS_IN_USE;
            }
        }

        return 0;
    }

    // 10.0.0.1 and fd00::1, and so on.
    private static void SetUsual(Simulation* simulation, AddressList* list)
    {
        uint number = 1;
        for (VirtualHost* host = simulation->Network->FirstHost; host != null; host = host->Next)
            number++;
        byte* bytes = stackalloc byte[IpParser.IPv6Size];
        new System.Span<byte>(bytes, IpParser.IPv6Size).Clear();
        bytes[0] = 10;
        PutNumber(bytes, number);
        *list = default;
        list->Items[0] = IpAddress.FromBytes(IpFamily.IPv4, bytes, 0);
        bytes[0] = 0xFD;
        bytes[1] = bytes[2] = bytes[3] = 0;
        PutNumber(bytes + IpParser.IPv6Size - IpParser.IPv4Size, number);
        list->Items[1] = IpAddress.FromBytes(IpFamily.IPv6, bytes, 0);
        list->Count = 2;
    }

    private static void PutNumber(byte* last, uint number)
    {
        last[1] = (byte)(number >> 16);
        last[2] = (byte)(number >> 8);
        last[3] = (byte)number;
    }

    // Of what is called for the last time, something may look for the host: it is there until then.
    private static void EndNow(void* argument)
    {
        SimulationHost* host = (SimulationHost*)argument;
        Simulation* simulation = host->Owner;
        VirtualTime.End((VirtualLoop*)LoopObject.CoreOf(&host->Loop));
        if (host->Host->IsDown)
            VirtualNetwork.FreeSocketsOf(simulation->Network, host->Host);
        host->Host->HasLeft = true;
        SimulationHost** link = &simulation->FirstHost;
        while (*link != host)
            link = &(*link)->Next;
        *link = host->Next;
        IdTable.End(&host->Loop.Object);
        IdTable.Release(&host->Loop.Object);
    }

    private static void Free(IdObject* item)
    {
        Simulation* simulation = ((SimulationHost*)item)->Owner;
        EventLoop.Destroy(item->Loop);
        Allocator.Release(Allocator.Default(), item);
        Simulation.Release(simulation);
    }

    // The answer is taken now, and comes when it is due.
    private static int LookUp(NameSource* source, byte* name, IpAddress* addresses, ulong* nanoseconds)
    {
        SimulationHost* host = ((NamesOfHost*)source)->Host;
        HostFaults* faults = &host->Host->Faults;
        VirtualNetwork* network = host->Owner->Network;
        *nanoseconds = faults->NameNanoseconds == 0 ? 0 : network->Random.UpTo(faults->NameNanoseconds);
        if (network->Random.Happens(faults->NoName))
            return -AWS_IO_DNS_QUERY_AGAIN;
        if (SimulationNames.AreSame(name, Literal.Of("localhost"u8)))
        {
            IpAddress.TryParse(Literal.Of("127.0.0.1"u8), addresses);
            IpAddress.TryParse(Literal.Of("::1"u8), addresses + 1);
            return 2;
        }

        int count = SimulationNames.LookUp(&host->Owner->Names, name, addresses);
        return count > 0 ? count : -AWS_IO_DNS_INVALID_NAME;
    }
}

// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Memory;

/// <summary>One call stack from which a traced allocator was used; its return addresses follow in memory.</summary>
internal unsafe struct TracedStack
{
    internal TracedStack* Next;
    internal ulong Hash;
    internal nuint Depth;

    /// <summary>One more than the place of its total in the report being written.</summary>
    internal nuint TotalNumber;

    internal static void** Frames(TracedStack* stack) => (void**)(stack + 1);
}

/// <summary>
/// Every call stack once, for as long as the tracer lives, in memory of the C heap. The memory tracer's lock protects
/// it.
/// </summary>
internal unsafe struct StackTable
{
    private const int BucketCount = 1024;

    private TracedStack** _buckets;

    internal void Init() => _buckets = (TracedStack**)StaticMemory.Allocate(BucketCount * (nuint)sizeof(void*));

    internal void CleanUp()
    {
        if (_buckets == null)
            return;

        for (int i = 0; i < BucketCount; i++)
        {
            while (_buckets[i] != null)
            {
                TracedStack* stack = _buckets[i];
                _buckets[i] = stack->Next;
                Platform.Heap.Free(stack);
            }
        }

        Platform.Heap.Free(_buckets);
        _buckets = null;
    }

    internal TracedStack* GetOrAdd(void** frames, nuint depth)
    {
        ulong hash = HashOf(frames, depth);
        TracedStack** bucket = &_buckets[hash % BucketCount];
        nuint size = depth * (nuint)sizeof(void*);
        for (TracedStack* stack = *bucket; stack != null; stack = stack->Next)
        {
            nuint stackSize = stack->Depth * (nuint)sizeof(void*);
            if (stack->Hash == hash && ByteArray.Eq(TracedStack.Frames(stack), stackSize, frames, size))
                return stack;
        }

        TracedStack* added = (TracedStack*)StaticMemory.Allocate((nuint)sizeof(TracedStack) + size);
        added->Next = *bucket;
        added->Hash = hash;
        added->Depth = depth;
        NativeMemory.Copy(frames, TracedStack.Frames(added), size);
        *bucket = added;
        return added;
    }

    private static ulong HashOf(void** frames, nuint depth)
    {
        ulong hash = depth;
        for (nuint i = 0; i < depth; i++)
            hash = (hash ^ (ulong)frames[i]) * 0x9E3779B97F4A7C15 ^ hash >> 29;
        return hash;
    }
}

// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>What select() takes. Nothing happens to a set that is missing.</summary>
internal static unsafe class DescriptorSet
{
    internal static void Clear(reseau_ufd_set* set)
    {
        if (set != null)
            set->count = 0;
    }

    internal static void Add(reseau_ufd_set* set, int descriptor)
    {
        if (set != null && set->count < reseau_ufd_set.Capacity && IndexOf(set, descriptor) == set->count)
            set->descriptors[set->count++] = descriptor;
    }

    internal static void Remove(reseau_ufd_set* set, int descriptor)
    {
        if (set == null)
            return;

        uint at = IndexOf(set, descriptor);
        if (at < set->count)
            set->descriptors[at] = set->descriptors[--set->count];
    }

    internal static bool Has(reseau_ufd_set* set, int descriptor) =>
        set != null && IndexOf(set, descriptor) < set->count;

    private static uint IndexOf(reseau_ufd_set* set, int descriptor)
    {
        uint at = 0;
        while (at < set->count && set->descriptors[at] != descriptor)
            at++;
        return at;
    }
}

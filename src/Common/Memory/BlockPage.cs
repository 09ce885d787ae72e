// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Memory;

/// <summary>
/// The head of one page of the small block allocator. Pages begin at a multiple of their size, so that the page of a
/// block is found by its address.
/// </summary>
internal unsafe struct BlockPage
{
    internal const uint Size = 4096;

    private const ulong Magic = 0x7265_7365_6175_7362;

    /// <summary>In one of its class's lists. Comes first: the node's address is the page's.</summary>
    internal aws_linked_list_node Node;
    internal BlockClass* Class;

    /// <summary>Blocks that came back, each holding the address of the next.</summary>
    private void* _free;

    private ulong _tag;

    /// <summary>Where the part of the page begins that has never been used.</summary>
    private uint _fresh;
    private uint _used;
    private ulong _secondTag;

    /// <summary>
    /// The class's when the page was made. With it the head is 64 bytes long, so that blocks of 64 bytes and more
    /// begin at cache lines.
    /// </summary>
    internal ulong Generation;

    internal static BlockPage* New(BlockClass* owner, ulong generation)
    {
        BlockPage* page = (BlockPage*)Platform.Heap.AllocateAligned(Size, Size);
        if (page == null)
            Fatal.OutOfMemory();

        *page = default;
        page->Class = owner;
        page->Generation = generation;
        page->_fresh = (uint)sizeof(BlockPage);
        page->_tag = page->_secondTag = TagOf(page);
        return page;
    }

    internal static void Delete(BlockPage* page)
    {
        // The memory may come back as part of a large block.
        page->_tag = page->_secondTag = 0;
        Platform.Heap.FreeAligned(page);
    }

    internal static BlockPage* Of(void* block) => (BlockPage*)((nuint)block & ~(nuint)(Size - 1));

    /// <summary>
    /// Distinguishes a page from foreign memory, which can be read: it is part of a block of the heap. The tag
    /// depends on the address, so that a copy of a page does not pass for one.
    /// </summary>
    internal static bool IsOurs(BlockPage* page) => page->_tag == TagOf(page) && page->_secondTag == page->_tag;

    internal static bool IsEmpty(BlockPage* page) => page->_used == 0;

    internal static bool IsFull(BlockPage* page, nuint blockSize) =>
        page->_free == null && Size - page->_fresh < blockSize;

    /// <summary>The page is not full.</summary>
    internal static void* Take(BlockPage* page, nuint blockSize)
    {
        page->_used++;
        void* block = page->_free;
        if (block != null)
        {
            page->_free = *(void**)block;
            return block;
        }

        block = (byte*)page + page->_fresh;
        page->_fresh += (uint)blockSize;
        return block;
    }

    internal static void PutBack(BlockPage* page, void* block)
    {
        *(void**)block = page->_free;
        page->_free = block;
        page->_used--;
    }

    private static ulong TagOf(BlockPage* page) => Magic ^ (ulong)page;
}

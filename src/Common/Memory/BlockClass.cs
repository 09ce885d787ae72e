// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Memory;

/// <summary>
/// The blocks of one size of a small block allocator, behind a lock of their own if several threads use it. The first
/// page with room serves; one page is kept when all blocks are back.
/// </summary>
internal unsafe struct BlockClass
{
    private nuint _blockSize;
    private nuint _pageCount;
    private nuint _usedCount;

    private aws_linked_list _pagesWithRoom;
    private aws_linked_list _fullPages;

    private bool _isShared;
    private ForkLock _lock;

    // Grows when a forked child begins with new pages.
    private ulong _generation;

    internal static void Init(BlockClass* blocks, nuint blockSize, bool isShared)
    {
        *blocks = default;
        blocks->_blockSize = blockSize;
        blocks->_isShared = isShared;
        LinkedList.Init(&blocks->_pagesWithRoom);
        LinkedList.Init(&blocks->_fullPages);
        if (isShared)
            ForkLock.Init(&blocks->_lock);
    }

    internal static void CleanUp(BlockClass* blocks)
    {
        LinkedList.MoveAllBack(&blocks->_pagesWithRoom, &blocks->_fullPages);
        while (!LinkedList.IsEmpty(&blocks->_pagesWithRoom))
            BlockPage.Delete((BlockPage*)LinkedList.PopFront(&blocks->_pagesWithRoom));
        if (blocks->_isShared)
            ForkLock.CleanUp(&blocks->_lock);
    }

    internal static void* Acquire(BlockClass* blocks)
    {
        Lock(blocks);
        if (LinkedList.IsEmpty(&blocks->_pagesWithRoom))
        {
            LinkedList.PushFront(&blocks->_pagesWithRoom, &BlockPage.New(blocks, blocks->_generation)->Node);
            blocks->_pageCount++;
        }

        BlockPage* page = (BlockPage*)LinkedList.Front(&blocks->_pagesWithRoom);
        void* block = BlockPage.Take(page, blocks->_blockSize);
        blocks->_usedCount++;
        if (BlockPage.IsFull(page, blocks->_blockSize))
            MoveTo(&blocks->_fullPages, page);

        Unlock(blocks);
        return block;
    }

    internal static void Release(BlockPage* page, void* block)
    {
        BlockClass* blocks = page->Class;
        Lock(blocks);
        if (page->Generation == blocks->_generation)
            PutBack(blocks, page, block);
        Unlock(blocks);
    }

    private static void PutBack(BlockClass* blocks, BlockPage* page, void* block)
    {
        if (BlockPage.IsFull(page, blocks->_blockSize))
            MoveTo(&blocks->_pagesWithRoom, page);

        BlockPage.PutBack(page, block);
        blocks->_usedCount--;

        bool isOnlyOne = LinkedList.Front(&blocks->_pagesWithRoom) == LinkedList.Back(&blocks->_pagesWithRoom);
        if (BlockPage.IsEmpty(page) && !isOnlyOne)
        {
            LinkedList.Remove(&page->Node);
            BlockPage.Delete(page);
            blocks->_pageCount--;
        }
    }

    internal static nuint BytesActive(BlockClass* blocks)
    {
        Lock(blocks);
        nuint bytes = blocks->_usedCount * blocks->_blockSize;
        Unlock(blocks);
        return bytes;
    }

    internal static nuint BytesReserved(BlockClass* blocks)
    {
        Lock(blocks);
        nuint bytes = blocks->_pageCount * BlockPage.Size;
        Unlock(blocks);
        return bytes;
    }

    private static void MoveTo(aws_linked_list* list, BlockPage* page)
    {
        LinkedList.Remove(&page->Node);
        LinkedList.PushFront(list, &page->Node);
    }

    private static void Lock(BlockClass* blocks)
    {
        if (!blocks->_isShared)
            return;

        ForkLock.Enter(&blocks->_lock);
        if (!ForkLock.WasInterrupted(&blocks->_lock))
            return;

        // A thread of the parent's may have left half a change: its pages are neither used nor freed any more.
        blocks->_generation++;
        blocks->_pageCount = 0;
        blocks->_usedCount = 0;
        LinkedList.Init(&blocks->_pagesWithRoom);
        LinkedList.Init(&blocks->_fullPages);
    }

    private static void Unlock(BlockClass* blocks)
    {
        if (blocks->_isShared)
            ForkLock.Exit(&blocks->_lock);
    }
}

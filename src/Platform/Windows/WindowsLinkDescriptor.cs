// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// A socket, whose events Winsock sets an event for; or the handle of a pipe or a serial line, opened for overlapped
/// operations, of which one read and one write are under way at a time (rule 351 of docs/lifetimes.md). Of either 32
/// bits count.
/// </summary>
internal static unsafe class WindowsLinkDescriptor
{
    private const int InputSize = 4096;
    private const int OutputSize = 16 * 1024;
    private const int Waitables = 3;
    private const int SocketEvents = Winsock.FD_READ | Winsock.FD_WRITE | Winsock.FD_CLOSE;

    // An operation of a handle that is no socket: how far its bytes were handed out, or have been written.
    [StructLayout(LayoutKind.Sequential)]
    private struct Operation
    {
        internal OVERLAPPED Overlapped;
        internal uint At;
        internal uint End;
        internal bool IsUnderWay;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal nint Handle;
        internal bool IsSocket;
        internal bool IsBytes;
        internal nint WakeUp;
        internal Operation Read;
        internal Operation Write;
        internal fixed byte Input[InputSize];
        internal fixed byte Output[OutputSize];
    }

    internal static int Open(int descriptor, bool isBytes, void** link)
    {
        State* state = (State*)WindowsHeap.AllocateZeroed(1, (nuint)sizeof(State));
        if (state == null)
            return Ucrt.ENOMEM;

        state->Handle = descriptor;
        state->IsBytes = isBytes;
        int error = OpenEvents(state);
        if (error == 0)
            error = OpenHandle(state);
        if (error == 0)
            *link = state;
        else
            Close(state, closesDescriptor: false);
        return error;
    }

    internal static void Close(void* link, bool closesDescriptor)
    {
        State* state = (State*)link;
        if (state->IsSocket)
            Winsock.WSAEventSelect(state->Handle, 0, 0);
        TakeBack(state, &state->Read);
        TakeBack(state, &state->Write);
        CloseIfAny(state->WakeUp);
        CloseIfAny((nint)state->Read.Overlapped.hEvent);
        CloseIfAny((nint)state->Write.Overlapped.hEvent);
        if (closesDescriptor && state->IsSocket)
            Winsock.closesocket(state->Handle);
        else if (closesDescriptor)
            Kernel32.CloseHandle(state->Handle);
        WindowsHeap.Free(state);
    }

    internal static void Sleep(void* link, ulong nanoseconds)
    {
        const ulong nanosecondsPerMillisecond = 1_000_000;
        State* state = (State*)link;
        nint* events = stackalloc nint[Waitables];
        events[0] = state->WakeUp;
        events[1] = (nint)state->Read.Overlapped.hEvent;
        events[2] = (nint)state->Write.Overlapped.hEvent;
        ulong milliseconds = nanoseconds / nanosecondsPerMillisecond;
        milliseconds += nanoseconds % nanosecondsPerMillisecond == 0 ? 0ul : 1ul;
        Kernel32.WaitForMultipleObjects(Waitables, events, 0, (uint)ulong.Min(milliseconds, int.MaxValue));

        // What is recorded is over by the calls that follow; it only keeps the event from being set again.
        WSANETWORKEVENTS happened;
        if (state->IsSocket)
            Winsock.WSAEnumNetworkEvents(state->Handle, 0, &happened);
    }

    internal static void WakeUp(void* link) => Kernel32.SetEvent(((State*)link)->WakeUp);

    internal static nint Write(void* link, byte* bytes, nuint size)
    {
        State* state = (State*)link;
        if (state->IsSocket)
            return Winsock.send(state->Handle, bytes, (int)nuint.Min(size, int.MaxValue), 0);
        if (!HasWritten(state))
            return 0;

        uint count = (uint)nuint.Min(size, OutputSize);
        NativeMemory.Copy(bytes, state->Output, count);
        state->Write.At = 0;
        state->Write.End = count;
        BeginWrite(state);
        return (nint)count;
    }

    internal static nint Read(void* link, byte* into, nuint size)
    {
        State* state = (State*)link;
        if (state->IsSocket)
            return Receive(state, into, size);

        // A serial line gives nothing when a time-out of its own is over.
        while (state->Read.At == state->Read.End)
        {
            nint error = Fill(state);
            if (error <= 0)
                return error;
        }

        uint count = (uint)nuint.Min(size, state->Read.End - state->Read.At);
        NativeMemory.Copy(state->Input + state->Read.At, into, count);
        state->Read.At += count;
        return (nint)count;
    }

    // ---- Opening ----

    private static int OpenEvents(State* state)
    {
        state->WakeUp = Iocp.CreateEventW(null, 0, 0, null);
        state->Read.Overlapped.hEvent = (void*)Iocp.CreateEventW(null, 0, 0, null);
        state->Write.Overlapped.hEvent = (void*)Iocp.CreateEventW(null, 0, 0, null);
        bool areMade = state->WakeUp != 0 && state->Read.Overlapped.hEvent != null
            && state->Write.Overlapped.hEvent != null;
        return WindowsErrorNumbers.OfCall(areMade);
    }

    private static int OpenHandle(State* state)
    {
        int type;
        int length = sizeof(int);
        if (Winsock.getsockopt(state->Handle, Winsock.SOL_SOCKET, Winsock.SO_TYPE, &type, &length) == 0)
            return OpenSocket(state, type);
        return state->IsBytes ? OpenFile(state) : Ucrt.ENOTSOCK;
    }

    private static int OpenSocket(State* state, int type)
    {
        if ((type == Winsock.SOCK_DGRAM) == state->IsBytes)
            return Ucrt.EINVAL;

        uint isOn = 1;
        nint happened = (nint)state->Read.Overlapped.hEvent;
        if (Winsock.ioctlsocket(state->Handle, Winsock.FIONBIO, &isOn) != 0
            || Winsock.WSAEventSelect(state->Handle, happened, SocketEvents) != 0)
            return WindowsErrorNumbers.OfSocket((int)Kernel32.GetLastError());
        state->IsSocket = true;
        return 0;
    }

    // Operations of a handle that was not opened for overlapped ones would wait.
    private static int OpenFile(State* state)
    {
        IO_STATUS_BLOCK result;
        uint mode = 0;
        int status = NtFiles.NtQueryInformationFile(
            state->Handle, &result, &mode, sizeof(uint), NtFiles.FileModeInformation);
        if (Kernel32.GetFileType(state->Handle) == Kernel32.FILE_TYPE_UNKNOWN)
            return Ucrt.EBADF;
        if (status >= 0 && (mode & NtFiles.FILE_SYNCHRONOUS_IO) != 0)
            return Ucrt.EINVAL;

        // Of a serial line: a read has what is there; or the first bytes that come.
        COMMTIMEOUTS timeouts = new()
        {
            ReadIntervalTimeout = uint.MaxValue,
            ReadTotalTimeoutMultiplier = uint.MaxValue,
            ReadTotalTimeoutConstant = int.MaxValue,
        };
        Kernel32.SetCommTimeouts(state->Handle, &timeouts);
        return 0;
    }

    // ---- Sockets ----

    private static nint Receive(State* state, byte* into, nuint size)
    {
        int count = Winsock.recv(state->Handle, into, (int)nuint.Min(size, int.MaxValue), 0);
        if (count >= 0)
            return count;

        // A datagram that nobody has taken at the other end is a reset here.
        int error = (int)Kernel32.GetLastError();
        return error == Winsock.WSAEWOULDBLOCK ? LinkDescriptor.Nothing
            : state->IsBytes ? LinkDescriptor.Broken
            : error is Winsock.WSAECONNRESET or Winsock.WSAENETRESET or Winsock.WSAEMSGSIZE ? LinkDescriptor.Useless
            : LinkDescriptor.Broken;
    }

    // ---- Pipes and serial lines ----

    // True if another write can begin.
    private static bool HasWritten(State* state)
    {
        Operation* write = &state->Write;
        while (write->IsUnderWay)
        {
            nint count = Finish(state, write);
            if (count == LinkDescriptor.Nothing)
                return false;

            // What a thread has begun that has ended is lost, as what is damaged on its way.
            write->At = count > 0 ? write->At + (uint)count : write->End;
            if (write->At < write->End)
                BeginWrite(state);
        }

        return true;
    }

    private static void BeginWrite(State* state)
    {
        Operation* write = &state->Write;
        write->IsUnderWay = IsBegun(Kernel32.WriteFile(
            state->Handle, state->Output + write->At, write->End - write->At, null, &write->Overlapped));
    }

    // Bytes that have been read: how many; 0 at the end; less than 0 as Read() says it.
    private static nint Fill(State* state)
    {
        Operation* read = &state->Read;
        if (!read->IsUnderWay)
        {
            read->IsUnderWay = IsBegun(Kernel32.ReadFile(
                state->Handle, state->Input, InputSize, null, &read->Overlapped));
            if (!read->IsUnderWay)
                return IsEnd(Kernel32.GetLastError()) ? 0 : LinkDescriptor.Broken;
        }

        nint count = Finish(state, read);
        if (count == LinkDescriptor.Useless)
            return 1;
        read->At = 0;
        read->End = count > 0 ? (uint)count : 0;
        return count == 0 ? 1 : count == EndOfBytes ? 0 : count;
    }

    private const nint EndOfBytes = -4;

    // How many bytes; Nothing if it is still under way, Useless if it was cancelled with its thread.
    private static nint Finish(State* state, Operation* operation)
    {
        uint count = 0;
        if (operation->Overlapped.Internal == Iocp.STATUS_PENDING)
            return LinkDescriptor.Nothing;
        operation->IsUnderWay = false;
        if (Kernel32.GetOverlappedResult(state->Handle, &operation->Overlapped, &count, 0) != 0)
            return (nint)count;

        uint code = Kernel32.GetLastError();
        return IsEnd(code) ? EndOfBytes
            : code == Win32Error.ERROR_OPERATION_ABORTED ? LinkDescriptor.Useless
            : code == Win32Error.ERROR_MORE_DATA ? (nint)count
            : LinkDescriptor.Broken;
    }

    private static bool IsBegun(int result) => result != 0
        || Kernel32.GetLastError() is Win32Error.ERROR_IO_PENDING or Win32Error.ERROR_MORE_DATA;

    private static bool IsEnd(uint code) => code is Win32Error.ERROR_BROKEN_PIPE or Win32Error.ERROR_HANDLE_EOF
        or Win32Error.ERROR_PIPE_NOT_CONNECTED;

    private static void TakeBack(State* state, Operation* operation)
    {
        uint count;
        if (!operation->IsUnderWay)
            return;
        Iocp.CancelIoEx(state->Handle, &operation->Overlapped);
        Kernel32.GetOverlappedResult(state->Handle, &operation->Overlapped, &count, 1);
    }

    private static void CloseIfAny(nint handle)
    {
        if (handle != 0)
            Kernel32.CloseHandle(handle);
    }
}

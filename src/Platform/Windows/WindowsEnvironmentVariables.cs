// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// The environment as the C runtime keeps it, in UTF-16. The UTF-8 of each variable that was asked for is kept until
/// its value is another one.
/// </summary>
internal static unsafe class WindowsEnvironmentVariables
{
    /// <summary>The texts are of the heap.</summary>
    private struct Variable
    {
        internal Variable* Next;
        internal byte* Name;
        internal byte* Value;
    }

    private static nint s_lock;
    private static Variable* s_variables;

    internal static byte* Get(byte* name)
    {
        char* wideName = WideText.New(name);
        char* wideValue = wideName == null ? null : Ucrt._wgetenv(wideName);
        byte* value = wideValue == null ? null : WideText.NewUtf8(wideValue);
        WindowsHeap.Free(wideName);
        return value == null ? null : Keep(name, value);
    }

    // No program has more rights here than whoever started it.
    internal static byte* GetTrusted(byte* name) => Get(name);

    internal static bool Set(byte* name, byte* value)
    {
        char* wideName = WideText.New(name);
        char* wideValue = WideText.New(value);
        bool isSet = wideName != null && wideValue != null && Ucrt._wputenv_s(wideName, wideValue) == 0;
        WindowsHeap.Free(wideName);
        WindowsHeap.Free(wideValue);
        return isSet;
    }

    internal static bool Unset(byte* name) => Set(name, Literal.Of(""u8));

    /// <summary>Takes the value over.</summary>
    private static byte* Keep(byte* name, byte* value)
    {
        fixed (nint* pointer = &s_lock)
        {
            void** srwLock = (void**)pointer;
            Kernel32.AcquireSRWLockExclusive(srwLock);
            Variable* variable = FindOrAdd(name);
            if (variable != null && variable->Value != null && AreEqual(variable->Value, value))
            {
                WindowsHeap.Free(value);
                value = variable->Value;
            }
            else if (variable != null)
            {
                WindowsHeap.Free(variable->Value);
                variable->Value = value;
            }

            Kernel32.ReleaseSRWLockExclusive(srwLock);
            return value;
        }
    }

    private static Variable* FindOrAdd(byte* name)
    {
        for (Variable* each = s_variables; each != null; each = each->Next)
        {
            if (AreEqual(each->Name, name))
                return each;
        }

        int size = Length(name) + 1;
        Variable* variable = (Variable*)WindowsHeap.Allocate((nuint)(sizeof(Variable) + size));
        if (variable == null)
            return null;

        *variable = new Variable { Next = s_variables, Name = (byte*)(variable + 1) };
        new ReadOnlySpan<byte>(name, size).CopyTo(new Span<byte>(variable->Name, size));
        s_variables = variable;
        return variable;
    }

    private static bool AreEqual(byte* a, byte* b) =>
        new ReadOnlySpan<byte>(a, Length(a)).SequenceEqual(new ReadOnlySpan<byte>(b, Length(b)));

    private static int Length(byte* text)
    {
        int length = 0;
        while (text[length] != 0)
            length++;
        return length;
    }
}

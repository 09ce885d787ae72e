// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Machine;

/// <summary>Options of a command line, one after another. There is one parser in a process, for one thread.</summary>
internal static unsafe class CommandLine
{
    private const int End = -1;
    private const int Unknown = '?';

    /// <summary>An argument that is no option.</summary>
    private const int Positional = 2;

    // What follows an unknown option may belong to it.
    private static bool s_isAfterUnknown;

    internal static int GetoptLong(int argc, byte** argv, byte* optstring, aws_cli_option* longopts, int* longindex)
    {
        int* next = ExportedVariables.CommandLineIndex;
        byte** argument = ExportedVariables.CommandLineArgument;
        *argument = null;
        if (argv == null || optstring == null || longopts == null || *next < 0 || *next >= argc || argv[*next] == null)
            return End;

        byte* text = argv[(*next)++];
        if (*text != '-')
            return TakeOther(text);

        int index = text[1] == '-' ? IndexOfName(longopts, text + 2) : IndexOfLetter(longopts, text[1]);
        s_isAfterUnknown = index < 0;
        if (index < 0)
            return Unknown;

        if (longindex != null)
            *longindex = index;
        *ExportedVariables.CommandLinePositional = null;
        int value = longopts[index].val;
        byte* allowed = Find(optstring, (byte)value);
        if (allowed == null)
            return Unknown;
        if (*allowed == 0 || allowed[1] != ':')
            return value;
        if (*next >= argc)
            return Unknown;

        *argument = argv[(*next)++];
        return value;
    }

    internal static void ResetState()
    {
        *ExportedVariables.CommandLineIndex = 1;
        *ExportedVariables.CommandLineArgument = null;
        *ExportedVariables.CommandLinePositional = null;
        s_isAfterUnknown = false;
    }

    internal static int DispatchOnSubcommand(
        int argc, byte** argv, aws_cli_subcommand_dispatch* table, int length, void* userData)
    {
        if (argc < 2 || argv == null || argv[1] == null || (table == null && length > 0))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_cursor name = new() { ptr = argv[1], len = ByteArray.Length(argv[1]) };
        for (int i = 0; i < length; i++)
        {
            if (ByteCursor.EqCStrIgnoreCase(&name, table[i].command_name))
                return table[i].subcommand_fn(argc - 1, argv + 1, argv[1], userData);
        }

        return Errors.Raise(AWS_ERROR_UNIMPLEMENTED);
    }

    private static int TakeOther(byte* text)
    {
        bool belongsToUnknown = s_isAfterUnknown;
        s_isAfterUnknown = false;
        *ExportedVariables.CommandLinePositional = belongsToUnknown ? null : text;
        return belongsToUnknown ? Unknown : Positional;
    }

    private static int IndexOfName(aws_cli_option* options, byte* name)
    {
        for (int i = 0; options[i].name != null || options[i].val != 0; i++)
        {
            if (options[i].name != null && ByteArray.EqCStr(name, ByteArray.Length(name), options[i].name))
                return i;
        }

        return -1;
    }

    private static int IndexOfLetter(aws_cli_option* options, byte letter)
    {
        for (int i = 0; options[i].name != null || options[i].val != 0; i++)
        {
            if (options[i].val == letter && letter != 0)
                return i;
        }

        return -1;
    }

    /// <summary>Also finds the end of the text, which options with the value zero have for a letter.</summary>
    private static byte* Find(byte* text, byte letter)
    {
        while (*text != letter && *text != 0)
            text++;
        return *text == letter ? text : null;
    }
}

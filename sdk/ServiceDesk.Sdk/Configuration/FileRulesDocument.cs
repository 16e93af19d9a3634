using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>Which files tickets take, and how large, over all desks. There is one, <see cref="Only"/>; without it <see cref="Standard"/> holds.</summary>
public sealed record FileRulesDocument : ConfigurationDocument
{
    /// <summary>The id of the only one.</summary>
    public const string Only = "files";

    /// <summary>The most that a file may ever have, in megabytes.</summary>
    public const int LargestFile = 100;

    /// <summary>What the files of a ticket may have together, in megabytes.</summary>
    public int TicketMegabytes { get; init; } = 500;

    /// <summary>For files of customers.</summary>
    public FileRules Customers { get; init; } = new();

    /// <summary>For files of agents, on the desks that they work on.</summary>
    public FileRules Agents { get; init; } = new();

    /// <summary>What holds where nothing was said: 25 MB a file, and no programs.</summary>
    public static FileRulesDocument Standard { get; } =
        new()
        {
            Id = Only,
            Name = LocalizedText.Of("Files", "파일"),
            Customers = new FileRules { Refused = Programs },
            Agents = new FileRules { Refused = Programs },
        };

    private static ValueList<string> Programs =>
        [
            "bat",
            "cmd",
            "com",
            "cpl",
            "dll",
            "elf",
            "exe",
            "hta",
            "jar",
            "jse",
            "lnk",
            "msi",
            "msix",
            "pif",
            "scr",
            "vbe",
            "vbs",
            "wsf",
        ];
}

/// <summary>Which files somebody may attach. Types are endings of names, in lower case without the dot; a content that tells its type by its first bytes is held to that too.</summary>
public sealed record FileRules
{
    /// <summary>The most that a file may have, in megabytes: 1 to <see cref="FileRulesDocument.LargestFile"/>.</summary>
    public int Megabytes { get; init; } = 25;

    /// <summary>The types that are taken; empty takes every type that is not refused.</summary>
    public ValueList<string> Allowed { get; init; } = [];

    /// <summary>The types that are not taken.</summary>
    public ValueList<string> Refused { get; init; } = [];
}

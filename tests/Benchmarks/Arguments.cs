using System.Globalization;

namespace ServiceDesk.Benchmarks;

/// <summary>What a benchmark was asked: <c>--name value</c>, as often as wanted.</summary>
internal sealed class Arguments(string[] args)
{
    /// <summary>The value after a name; null when it was not given.</summary>
    public string? Find(string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    public int Number(string name, int otherwise) =>
        Find(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public TimeSpan Seconds(string name, double otherwise) =>
        TimeSpan.FromSeconds(Find(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise);

    /// <summary>Numbers with commas between them.</summary>
    public IReadOnlyList<int> Numbers(string name, string otherwise) =>
        [
            .. (Find(name) ?? otherwise)
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
        ];
}

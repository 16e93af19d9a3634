using System.Diagnostics.CodeAnalysis;

namespace ServiceDesk.Host.Plugins.Manifests;

/// <summary>Bounds that a version must keep, all of them: <c>&gt;=0.1 &lt;0.2</c>. A version alone means "this or newer".</summary>
public sealed record VersionRange
{
    private readonly IReadOnlyList<(string Operator, SemanticVersion Version)> bounds;
    private readonly string text;

    private VersionRange(IReadOnlyList<(string, SemanticVersion)> bounds, string text)
    {
        this.bounds = bounds;
        this.text = text;
    }

    /// <summary>Reads bounds parted by spaces; at least one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionRange? range)
    {
        range = null;
        var words = (text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var read = new List<(string, SemanticVersion)>();
        foreach (var word in words)
        {
            var sign =
                word.StartsWith(">=", StringComparison.Ordinal) ? ">="
                : word.StartsWith("<=", StringComparison.Ordinal) ? "<="
                : word[0] is '<' or '>' or '=' ? word[..1]
                : string.Empty;
            if (!SemanticVersion.TryParse(word[sign.Length..], out var version))
            {
                return false;
            }

            read.Add((sign.Length == 0 ? ">=" : sign, version));
        }

        range = read.Count == 0 ? null : new VersionRange(read, string.Join(' ', words));
        return range is not null;
    }

    /// <summary>Whether the version keeps every bound.</summary>
    public bool Contains(SemanticVersion version) =>
        bounds.All(bound =>
            bound.Operator switch
            {
                ">=" => version >= bound.Version,
                ">" => version > bound.Version,
                "<=" => version <= bound.Version,
                "<" => version < bound.Version,
                _ => version == bound.Version,
            }
        );

    /// <inheritdoc/>
    public override string ToString() => text;
}

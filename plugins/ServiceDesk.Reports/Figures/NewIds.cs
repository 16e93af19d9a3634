using System.Globalization;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Reports.Figures;

/// <summary>Ids of new documents.</summary>
internal static class NewIds
{
    /// <summary>An id made of the name's Latin letters, or of a word where it has none; with a number where it is taken.</summary>
    public static string For<TDocument>(string name, string otherwise, IConfiguration current)
        where TDocument : ConfigurationDocument
    {
        var words = new string([
            .. name.ToLowerInvariant().Select(one => char.IsAsciiLetterOrDigit(one) ? one : '-'),
        ]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Join('-', words);
        var plain = joined.Length == 0 ? otherwise : joined[..Math.Min(joined.Length, 50)].TrimEnd('-');
        return Enumerable
            .Range(1, int.MaxValue)
            .Select(number => number == 1 ? plain : string.Create(CultureInfo.InvariantCulture, $"{plain}-{number}"))
            .First(id => !current.TryGet<TDocument>(id, out _));
    }
}

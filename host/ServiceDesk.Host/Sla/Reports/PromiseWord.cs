using System.Text.Json;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>Words of states, causes and agreements in addresses and keys of texts.</summary>
public static class PromiseWord
{
    /// <summary>The word of a value, <c>on-track</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word; false for another one.</summary>
    public static bool Reads<T>(string word, out T value)
        where T : struct, Enum
    {
        foreach (var one in Enum.GetValues<T>())
        {
            if (string.Equals(Of(one), word, StringComparison.Ordinal))
            {
                value = one;
                return true;
            }
        }

        value = default;
        return false;
    }
}

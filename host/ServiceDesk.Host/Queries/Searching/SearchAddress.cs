namespace ServiceDesk.Host.Queries.Searching;

/// <summary>Addresses of searches.</summary>
internal static class SearchAddress
{
    /// <summary>The search for tickets by one word with a colon.</summary>
    public static string Of(string name, string value) =>
        "/workspace/search" + QueryString.Create("q", $"{name}:\"{value.Replace('"', ' ')}\"");
}

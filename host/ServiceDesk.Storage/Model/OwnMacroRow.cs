namespace ServiceDesk.Storage.Model;

/// <summary>A macro that somebody made for oneself.</summary>
public sealed class OwnMacroRow
{
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public long PersonId { get; set; }

    /// <summary>The macro as its document is stored, without an id of its own.</summary>
    public string Document { get; set; } = "";

    /// <summary>Its place among those of the person.</summary>
    public int Place { get; set; }
}

using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Storage.Dialects;

/// <summary>The questions that databases answer differently. Vendor SQL stands in the derived classes and nowhere else.</summary>
public abstract class Dialect
{
    /// <summary>Full-text search.</summary>
    public abstract ITextSearch TextSearch { get; }
}

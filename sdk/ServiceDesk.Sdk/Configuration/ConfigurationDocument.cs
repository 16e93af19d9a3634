using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A configuration document: immutable, versioned, checked by its schema when it is written. Its id is lower-case words with dashes, at most 60 characters; a desk's id is its key.</summary>
public abstract record ConfigurationDocument
{
    /// <summary>The id, unique in its kind.</summary>
    public required string Id { get; init; }

    /// <summary>The name that people see, at most 200 characters in each language.</summary>
    public required LocalizedText Name { get; init; }
}

/// <summary>Documents that stand in an order of their own: from the smallest, and by id where it is the same.</summary>
public interface IOrderedDocument
{
    /// <summary>From 0; 100 unless told.</summary>
    int Order { get; }
}

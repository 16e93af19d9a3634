using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>What administrators read for the kinds of configuration documents.</summary>
public static class KindNames
{
    /// <summary>The kind's name in the reader's language; the kind itself when it is not one of the product's.</summary>
    public static string NameOfKind(this ITexts texts, string kind) =>
        DocumentKinds.All.Contains(kind) ? texts[$"administration.kind-{kind}"] : kind;
}

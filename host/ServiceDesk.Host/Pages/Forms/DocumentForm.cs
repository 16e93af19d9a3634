using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>
/// Reads a document from its editor's form. What the form does not show stays as it stood in the document that the form was drawn from.
/// </summary>
public abstract class DocumentForm<T>(IFormCollection form) : EditorForm(form)
    where T : ConfigurationDocument
{
    /// <summary>The document as it is written; it need not be valid.</summary>
    public abstract T Read();

    /// <summary>What a button of the form asks for, on what was read.</summary>
    public abstract T Apply(T document, string? asked);
}

using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>A value as documents write it, in an editor; drawn by <c>Forms/_Plain</c>.</summary>
/// <param name="Name">The control's name.</param>
/// <param name="Label">What it is, for whoever does not see the words around it.</param>
/// <param name="Field">Whose value it is; null for plain text.</param>
/// <param name="Value">The value; null for none.</param>
public sealed record PlainInput(string Name, string Label, FieldDocument? Field, string? Value);

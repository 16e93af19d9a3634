using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The workspace's navigation: who looks and where.</summary>
public sealed record SideModel(Viewer Viewer, string? Desk = null, string? Queue = null, string? Here = null);

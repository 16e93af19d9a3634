namespace ServiceDesk.Storage.Verification;

/// <summary>Placeholder replaced below.</summary>
public sealed class StorageVerifier;

namespace ServiceDesk.Crm.Tables;

/// <summary>A file of a contract.</summary>
public sealed class DocumentRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The contract.</summary>
    public long ContractId { get; set; }

    /// <summary>The name to show.</summary>
    public string Name { get; set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>The hash of the content.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Who brought it.</summary>
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A piece of a file: of a contract's document or of a table that waits to be imported.</summary>
public sealed class PieceRow
{
    /// <summary><c>document:1</c> or <c>upload:1</c>.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Its place.</summary>
    public int Ordinal { get; set; }

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; set; } = [];
}

/// <summary>A table that somebody brought to import and looks through.</summary>
public sealed class UploadRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>What it holds.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The name of the file.</summary>
    public string Name { get; set; } = "";

    /// <summary>Who brought it; nobody else may use it.</summary>
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>What was done to a record, when and by whom.</summary>
public sealed class ChangeRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>What kind of record: <c>account</c>, <c>contact</c>, <c>product</c> or <c>contract</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The record.</summary>
    public long RecordId { get; set; }

    /// <summary>The end of the text key: <c>crm.change.created</c>.</summary>
    public string What { get; set; } = "";

    /// <summary>What fills its place.</summary>
    public string Detail { get; set; } = "";

    /// <summary>Who; null for the product.</summary>
    public long? PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A request that was carried out, so that its repetition has no second effect.</summary>
public sealed class ActRow
{
    /// <summary>The person and the hash of the key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The hash of what was asked.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>The record that came of it.</summary>
    public long RecordId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

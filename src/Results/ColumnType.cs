namespace Pipeline.Results;

/// <summary>What the fields of a column hold.</summary>
internal enum ColumnType
{
    /// <summary>Texts, empty where there is none.</summary>
    Text,

    /// <summary>Numbers, <c>NaN</c> where there is none.</summary>
    Number,

    /// <summary>Whole numbers, one in every row.</summary>
    Whole,

    /// <summary><c>true</c> and <c>false</c>.</summary>
    Truth,
}

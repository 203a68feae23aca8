import { useState } from 'preact/hooks';

/** A file input that also takes a dropped file; by keyboard it is an ordinary file input. */
export function DropZone(props: {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file !== undefined) props.onFile(file);
  };
  return (
    <label
      class={`drop-zone${over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <span>{props.label}</span>
      <input
        type="file"
        accept={props.accept}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}

import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { open, unset } from '../shape.ts';

const TextPart = named(
  {
    id: 'ChatTextPart',
    provenance: 'documented',
    description: 'A part of a message that is text.',
  },
  open({ type: z.literal('text'), text: z.string().describe('The text.') }),
);

const ImageUrl = named(
  { id: 'ChatImageUrl', provenance: 'documented', description: 'Where an image is.' },
  open({
    url: z.string().describe('An `https` address, or a `data:` URL with the image in Base64.'),
    detail: unset(z.string()).describe('How closely to look; LongCat does not document it.'),
  }),
);

const ImagePart = named(
  {
    id: 'ChatImagePart',
    provenance: 'documented',
    description: 'A part of a user message that is an image, for LongCat-2.5-Preview.',
  },
  open({ type: z.literal('image_url'), image_url: ImageUrl }),
);

const VideoUrl = named(
  { id: 'ChatVideoUrl', provenance: 'assumed', description: 'Where a video is.' },
  open({
    url: z.string().describe('An `https` address, or a `data:` URL with the video in Base64.'),
  }),
);

const VideoPart = named(
  {
    id: 'ChatVideoPart',
    provenance: 'assumed',
    description:
      'A part of a user message that is a video, for LongCat-2.5-Preview. LongCat documents video, not the names of the members.',
  },
  open({ type: z.literal('video_url'), video_url: VideoUrl }),
);

const InputAudio = named(
  { id: 'ChatInputAudio', provenance: 'sdk', description: 'A recording.' },
  open({
    data: z.string().describe('The recording in Base64.'),
    format: z.string().describe('Such as `wav` or `mp3`.'),
  }),
);

const AudioPart = named(
  {
    id: 'ChatAudioPart',
    provenance: 'sdk',
    description: 'A part of a user message that is a recording.',
  },
  open({ type: z.literal('input_audio'), input_audio: InputAudio }),
);

const InputFile = named(
  { id: 'ChatInputFile', provenance: 'sdk', description: 'A file: its content, or its id.' },
  open({
    filename: unset(z.string()).describe('The name of the file.'),
    file_data: unset(z.string()).describe('The content in Base64.'),
    file_id: unset(z.string()).describe('The id of a file that was uploaded before.'),
  }),
);

const FilePart = named(
  {
    id: 'ChatFilePart',
    provenance: 'sdk',
    description: 'A part of a user message that is a file.',
  },
  open({ type: z.literal('file'), file: InputFile }),
);

const RefusalPart = named(
  {
    id: 'ChatRefusalPart',
    provenance: 'sdk',
    description: 'A part of an earlier answer in which the model declined.',
  },
  open({ type: z.literal('refusal'), refusal: z.string().describe('What it said instead.') }),
);

export const UserContentPart = named(
  {
    id: 'ChatUserContentPart',
    provenance: 'sdk',
    description:
      'A part of a user message. LongCat documents text alone for LongCat-2.0, and images and video for LongCat-2.5-Preview.',
  },
  z.discriminatedUnion('type', [TextPart, ImagePart, VideoPart, AudioPart, FilePart]),
);

export const AssistantContentPart = named(
  {
    id: 'ChatAssistantContentPart',
    provenance: 'sdk',
    description: 'A part of an earlier answer.',
  },
  z.discriminatedUnion('type', [TextPart, RefusalPart]),
);

export const TextContent = named(
  {
    id: 'ChatTextContent',
    provenance: 'sdk',
    description: 'Text, whole or in parts. LongCat documents the whole form.',
  },
  z.union([z.string(), z.array(z.discriminatedUnion('type', [TextPart]))]),
);
